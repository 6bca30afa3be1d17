package org.regularizedvi.formats.prepared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.regularizedvi.input.InputException;

/**
 * Says what a file, or folder, was like when cells were prepared from it.
 *
 * @param path its place, from the root
 * @param bytes its size, of a folder that of all files in it
 * @param changed when it, or the last file in it, was changed: milliseconds since 1970
 */
record SourceFile(String path, long bytes, long changed) {
  /** Looks at a file or folder. */
  static SourceFile at(Path path) {
    try {
      Path whole = path.toRealPath();
      long bytes = 0;
      long changed = 0;
      try (Stream<Path> all = Files.walk(whole)) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          bytes += Files.size(file);
          changed = Math.max(changed, Files.getLastModifiedTime(file).toMillis());
        }
      }
      return new SourceFile(whole.toString(), bytes, changed);
    } catch (IOException e) {
      throw new InputException("Cannot look at %s: %s".formatted(path, e), e);
    }
  }

  /** {@return the name of the file without its folders} */
  String name() {
    return Path.of(path).getFileName().toString();
  }

  /** {@return whether another file is in its place now; nobody looks at folders, or if none is} */
  boolean isAnotherNow() {
    Path file = Path.of(path);
    return Files.isRegularFile(file) && !at(file).equals(this);
  }
}
