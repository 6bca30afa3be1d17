package org.regularizedvi.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.regularizedvi.input.InputException;

/** Writes a file of bytes whole or not at all. */
public final class WholeFile {
  private WholeFile() {}

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param out takes it
     * @throws IOException when it cannot be written
     */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Checks before any work that a file can be written.
   *
   * @param target the place of the file
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  public static void require(Path target, IfExists ifExists) {
    AtomicFile.check(target, ifExists);
  }

  /**
   * Writes bytes.
   *
   * @param target the place of the file
   * @param bytes the content
   * @param ifExists what becomes of a file that is there already
   * @throws InputException as {@link #require}, or when the disk is full
   */
  public static void write(Path target, byte[] bytes, IfExists ifExists) {
    write(target, ifExists, out -> out.write(bytes));
  }

  /**
   * Writes a file through a buffered stream.
   *
   * @param target the place of the file
   * @param ifExists what becomes of a file that is there already
   * @param content writes the content
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
