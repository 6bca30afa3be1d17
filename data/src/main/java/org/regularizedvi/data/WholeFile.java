package org.regularizedvi.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of bytes, whole or absent. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Says before any work whether the file can be written.
   *
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  public static void require(Path target, boolean overwrite) {
    AtomicFile.check(target, overwrite);
  }

  /**
   * Writes the file.
   *
   * @throws InputException as {@link #require}, or when the disk is full
   */
  public static void write(Path target, byte[] bytes, boolean overwrite) {
    AtomicFile.write(
        target,
        overwrite,
        temporary -> {
          try {
            Files.write(temporary, bytes);
          } catch (IOException e) {
            throw new InputException("Cannot write %s: %s".formatted(target, e), e);
          }
        });
  }
}
