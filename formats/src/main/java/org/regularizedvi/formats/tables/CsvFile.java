package org.regularizedvi.formats.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFile;
import org.regularizedvi.input.InputException;

/** Writes a table as comma-separated text (RFC 4180 with line feeds), whole or not at all. */
public final class CsvFile {
  private CsvFile() {}

  /**
   * Writes a table.
   *
   * @param target the place of the file
   * @param header the names of the columns
   * @param rows as many fields each as the header has; gone through once, row by row
   * @param ifExists what becomes of a file that is there already
   * @throws InputException when the place cannot be written to, or holds a file that may not be
   *     replaced
   */
  public static void write(
      Path target, List<String> header, Iterable<List<String>> rows, IfExists ifExists) {
    WholeFile.write(target, ifExists, out -> write(out, header, rows));
  }

  /** Writes a table into a stream, which stays open. */
  static void write(OutputStream out, List<String> header, Iterable<List<String>> rows)
      throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(line(header));
    for (List<String> row : rows) {
      text.write(line(row));
    }
    text.flush();
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvFile::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
