package org.regularizedvi.formats.tenx;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.regularizedvi.input.InputException;

/** Reads files that may be compressed with gzip, which their first bytes tell, not their names. */
final class Plain {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_FIRST = 0x1f;
  private static final int GZIP_SECOND = 0x8b;

  private Plain() {}

  /** Opens a file, decompressed; a file of several gzip members is one text. */
  static InputStream open(Path file) throws IOException {
    boolean compressed;
    try (InputStream in = Files.newInputStream(file)) {
      compressed = in.read() == GZIP_FIRST && in.read() == GZIP_SECOND;
    }
    InputStream in = Files.newInputStream(file);
    if (!compressed) {
      return in;
    }
    try {
      return new GZIPInputStream(in, BUFFER);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Reads the lines of a file that are not empty, whatever their ends.
   *
   * @throws InputException when it cannot be read or is damaged
   */
  static List<String> lines(Path file) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw failed(file, e);
    } catch (UncheckedIOException e) {
      throw failed(file, e.getCause());
    }
  }

  /** Returns what to say of a file that could not be read to its end. */
  static InputException failed(Path file, IOException e) {
    String message =
        switch (e) {
          case EOFException _ ->
              "%s is cut off: its gzip data ends early; copy or download it again.".formatted(file);
          case ZipException _ ->
              "%s is damaged: its gzip data cannot be decompressed (%s); copy or download it again."
                  .formatted(file, e.getMessage());
          default -> "Cannot read %s: %s".formatted(file, e);
        };
    return new InputException(message, e);
  }
}
