package org.regularizedvi.formats.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.files.WholeFile;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes tables of comma-separated text (RFC 4180); writes line feeds, all or nothing.
 */
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

  /**
   * Reads a table: lines of fields, the header's first. Lines without any text are left out.
   *
   * @param file the place of the file, text in UTF-8
   * @return the fields of each line, as many in each as in the first
   * @throws InputException when the file cannot be read, a quote does not end, or a line has not as
   *     many fields as the header
   */
  public static List<List<String>> read(Path file) {
    return read(file, ',');
  }

  /**
   * Reads a table whose fields another character than a comma may separate.
   *
   * @param file the place of the file, text in UTF-8
   * @param separator stands between the fields of a line
   * @return the fields of each line, as many in each as in the first
   * @throws InputException when the file cannot be read, a quote does not end, or a line has not as
   *     many fields as the header
   */
  public static List<List<String>> read(Path file, char separator) {
    List<List<String>> lines = new ArrayList<>();
    try {
      String text = Files.readString(file);
      new CsvText(text.startsWith("\uFEFF") ? text.substring(1) : text, separator).lines(lines);
    } catch (NoSuchFileException e) {
      throw new InputException("There is no file %s.".formatted(file), e);
    } catch (IOException e) {
      throw new InputException("%s cannot be read as text (UTF-8): %s".formatted(file, e), e);
    } catch (IllegalArgumentException e) {
      throw new InputException("%s: %s".formatted(file, e.getMessage()), e);
    }
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).size() != lines.getFirst().size()) {
        throw new InputException(
            "%s has %s in row %d; expected %d, as its first line has."
                .formatted(
                    file, Amount.of(lines.get(i).size(), "field"), i, lines.getFirst().size()));
      }
    }
    return lines;
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvFile::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
