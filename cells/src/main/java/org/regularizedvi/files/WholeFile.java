package org.regularizedvi.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/** A file of bytes, whole or absent. */
public final class WholeFile {
  private WholeFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Says before any work whether the file can be written.
   *
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  public static void require(Path target, IfExists ifExists) {
    AtomicFile.check(target, ifExists);
  }

  /**
   * Writes the file.
   *
   * @throws InputException as {@link #require}, or when the disk is full
   */
  public static void write(Path target, byte[] bytes, IfExists ifExists) {
    write(target, ifExists, out -> out.write(bytes));
  }

  /**
   * Writes the file from what is written into a buffered stream.
   *
   * @throws InputException as {@link #require}, or when the disk is full
   */
  public static void write(Path target, IfExists ifExists, Content content) {
    AtomicFile.write(
        target,
        ifExists,
        temporary -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            content.write(out);
          } catch (IOException e) {
            throw new InputException("Cannot write %s: %s".formatted(target, e), e);
          }
        });
  }
}
