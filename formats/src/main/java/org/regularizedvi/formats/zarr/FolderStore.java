package org.regularizedvi.formats.zarr;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.regularizedvi.input.InputException;

/**
 * Reads a store that is a folder with a file for each value. Links that lead out of the folder are
 * refused: who hands on a store hands on what is in it, not what is beside the reader.
 */
final class FolderStore implements Store {
  private final Path named;
  private final Path root;

  private FolderStore(Path named, Path root) {
    this.named = named;
    this.root = root;
  }

  static FolderStore open(Path folder) throws IOException {
    return new FolderStore(folder, folder.toRealPath());
  }

  @Override
  public OptionalLong size(String key) throws IOException {
    Optional<Path> file = at(key).filter(Files::isRegularFile);
    return file.isPresent() ? OptionalLong.of(Files.size(file.get())) : OptionalLong.empty();
  }

  @Override
  public byte[] read(String key, long from, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    try (SeekableByteChannel file = Files.newByteChannel(root.resolve(key))) {
      file.position(from);
      while (bytes.hasRemaining()) {
        if (file.read(bytes) < 0) {
          throw new EOFException("the file ends before its byte %,d".formatted(from + length));
        }
      }
    }
    return bytes.array();
  }

  @Override
  public List<String> names(String key) throws IOException {
    Optional<Path> folder = at(key).filter(Files::isDirectory);
    List<String> names = new ArrayList<>();
    if (folder.isPresent()) {
      try (DirectoryStream<Path> members = Files.newDirectoryStream(folder.get())) {
        members.forEach(member -> names.add(member.getFileName().toString()));
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    names.sort(String::compareTo);
    return names;
  }

  /** {@return the file or folder of a key where there is one} */
  private Optional<Path> at(String key) throws IOException {
    Optional<Path> place = place(root, key).filter(Files::exists);
    if (place.isPresent() && !place.get().toRealPath().startsWith(root)) {
      throw new InputException(
          "'%s' in %s is a link out of the folder, which is not followed; expected it in the folder itself."
              .formatted(key, named));
    }
    return place;
  }

  /** Returns where in a folder a key has its file, nothing where no file can have such a name. */
  static Optional<Path> place(Path root, String key) {
    if (key.isEmpty()) {
      return Optional.of(root);
    }
    Path place = root;
    try {
      for (String step : key.split("/", -1)) {
        Path name = root.getFileSystem().getPath(step);
        if (step.isEmpty()
            || step.equals(".")
            || step.equals("..")
            || name.isAbsolute()
            || name.getNameCount() != 1
            || !name.toString().equals(step)) {
          return Optional.empty();
        }
        place = place.resolve(name);
      }
    } catch (InvalidPathException _) {
      return Optional.empty();
    }
    return Optional.of(place);
  }

  @Override
  public void close() {}
}
