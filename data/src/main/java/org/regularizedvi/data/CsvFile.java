package org.regularizedvi.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table as comma-separated text (RFC 4180 with line feeds), whole or absent. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes a table.
   *
   * @param rows as many fields each as the header has
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  public static void write(
      Path target, List<String> header, List<List<String>> rows, boolean overwrite) {
    List<String> lines = new ArrayList<>();
    lines.add(line(header));
    rows.forEach(row -> lines.add(line(row)));
    AtomicFile.write(
        target,
        overwrite,
        temporary -> {
          try {
            Files.write(temporary, lines);
          } catch (IOException e) {
            throw new InputException("Cannot write %s: %s".formatted(target, e), e);
          }
        });
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvFile::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
