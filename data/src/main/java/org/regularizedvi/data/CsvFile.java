package org.regularizedvi.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A table as comma-separated text (RFC 4180 with line feeds), whole or absent. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes a table.
   *
   * @param rows as many fields each as the header has; gone through once, a row at a time
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  public static void write(
      Path target, List<String> header, Iterable<List<String>> rows, boolean overwrite) {
    Iterable<String> lines =
        () ->
            Stream.concat(Stream.of(header), StreamSupport.stream(rows.spliterator(), false))
                .map(CsvFile::line)
                .iterator();
    String text = String.join("\n", lines) + "\n";
    WholeFile.write(target, text.getBytes(StandardCharsets.UTF_8), overwrite);
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvFile::quoted).collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    return field.matches("[^\",\r\n]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
