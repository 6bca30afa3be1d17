package org.regularizedvi.formats.zarr;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;

/** Writes the values of a store as files of a folder. */
final class FolderWriter {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final Path folder;

  FolderWriter(Path folder) {
    this.folder = folder;
  }

  /** Does something to the folder. */
  private interface Change<T> {
    T run() throws IOException;
  }

  private <T> T io(String key, Change<T> change) {
    try {
      return change.run();
    } catch (IOException e) {
      throw new InputException("Writing '%s' to %s failed: %s.".formatted(key, folder, e), e);
    }
  }

  /**
   * {@return the place of a value}
   *
   * @throws InputException when no file can have the key as its name
   */
  private Path place(String key) {
    return FolderStore.place(folder, key)
        .orElseThrow(
            () ->
                new InputException(
                    "The name '%s' cannot be used in a Zarr store in a folder; expected names of files, joined by '/'."
                        .formatted(key)));
  }

  /** Writes a value, in place of one that is there. */
  void put(String key, byte[] value) {
    put(key, out -> out.write(value));
  }

  /** Writes a value part by part. */
  interface Parts {
    void write(OutputStream out) throws IOException;
  }

  /** Writes a value, in place of one that is there. */
  void put(String key, Parts parts) {
    Path place = place(key);
    io(
        key,
        () -> {
          Files.createDirectories(place.getParent());
          try (OutputStream out = Files.newOutputStream(place)) {
            parts.write(out);
          }
          return key;
        });
  }

  void put(String key, JsonNode json) {
    put(key, io(key, () -> MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json)));
  }

  /** Reads back metadata, nothing where there is none. */
  Optional<ObjectNode> json(String key) {
    Path place = place(key);
    return io(
        key,
        () -> {
          if (!Files.isRegularFile(place)) {
            return Optional.empty();
          }
          try {
            if (MAPPER.readTree(Files.readAllBytes(place)) instanceof ObjectNode object) {
              return Optional.of(object);
            }
          } catch (JacksonException e) {
            throw new InputException(
                "'%s' in %s is no JSON (%s); expected metadata: the store is damaged."
                    .formatted(key, folder, e.getOriginalMessage()),
                e);
          }
          throw new InputException(
              "'%s' in %s holds no JSON object; expected metadata: the store is damaged."
                  .formatted(key, folder));
        });
  }

  /** Removes everything whose key is this one or begins with it and '/'. */
  void delete(String key) {
    Path place = place(key);
    io(
        key,
        () -> {
          if (Files.exists(place)) {
            try (Stream<Path> all = Files.walk(place)) {
              for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
              }
            }
          }
          return key;
        });
  }
}
