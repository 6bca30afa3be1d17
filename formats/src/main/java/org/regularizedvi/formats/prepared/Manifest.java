package org.regularizedvi.formats.prepared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.regularizedvi.input.InputException;

/**
 * Says what a folder of prepared cells holds, and what it was made of; stored in the folder as JSON
 * with a checksum.
 *
 * @param format the version of the format of the folder
 * @param sources the files, or folders, that the cells come from
 * @param choices what was taken of them: see {@link StoredChoices}
 * @param modalities the counts, in the order of their names
 * @param tables the file with the tables
 * @param countBytes the size of the file with the counts
 */
record Manifest(
    int format,
    List<SourceFile> sources,
    JsonNode choices,
    List<StoredPart> modalities,
    StoredFile tables,
    long countBytes) {
  /** The name of its file. */
  static final String FILE = "prepared.json";

  /** The version of the format; folders of any other are refused. */
  static final int FORMAT = 1;

  private static final String CHECKSUM = "crc32c";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  /** Writes it into a folder that has none. */
  void write(Path folder) throws IOException {
    ObjectNode tree = MAPPER.valueToTree(this);
    tree.put(CHECKSUM, checksum(tree));
    Files.write(folder.resolve(FILE), MAPPER.writeValueAsBytes(tree));
  }

  /**
   * Reads that of a folder.
   *
   * @throws InputException when there is none, or it is damaged or of another version
   */
  static Manifest read(Path folder) {
    if (!Files.exists(folder)) {
      throw new InputException("There is no folder %s.".formatted(folder));
    }
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "%s has no %s; expected a folder of prepared cells, as regularizedvi prepare makes them."
              .formatted(folder, FILE));
    }
    try {
      JsonNode tree = MAPPER.readTree(Files.readAllBytes(file));
      requireFormat(tree.path("format"), folder);
      return sound(tree, folder);
    } catch (JsonProcessingException e) {
      throw damaged(folder, "%s cannot be understood".formatted(FILE));
    } catch (IOException e) {
      throw new InputException("Cannot read %s: %s".formatted(file, e), e);
    }
  }

  private static void requireFormat(JsonNode format, Path folder) {
    if (format.isInt() && format.intValue() > FORMAT) {
      throw new InputException(
          "%s holds cells prepared in format %d, and this version of the program knows no later one than %d; expected cells that it prepared itself, or a newer version of the program."
              .formatted(folder, format.intValue(), FORMAT));
    }
  }

  private static Manifest sound(JsonNode tree, Path folder) throws JsonProcessingException {
    if (!(tree instanceof ObjectNode object)
        || !object.path(CHECKSUM).asText().equals(checksum(object.without(CHECKSUM)))) {
      throw damaged(folder, "%s does not have its checksum".formatted(FILE));
    }
    return MAPPER.treeToValue(object.without(CHECKSUM), Manifest.class);
  }

  /** Computes the checksum of everything else. */
  private static String checksum(JsonNode tree) throws JsonProcessingException {
    CRC32C sum = new CRC32C();
    sum.update(MAPPER.writeValueAsBytes(tree));
    return "%08x".formatted(sum.getValue());
  }

  /**
   * {@return the sentence for a user whose folder is not as it was written}
   *
   * @param what is wrong
   */
  static InputException damaged(Path folder, String what) {
    return new InputException(
        "%s is damaged: %s; expected it as it was written (regularizedvi prepare makes it anew)."
            .formatted(folder, what));
  }
}
