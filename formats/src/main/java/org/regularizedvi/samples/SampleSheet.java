package org.regularizedvi.samples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.input.InputException;

/**
 * Reads a table of samples: a CSV file with a column {@code path}, usually one {@code name}, and
 * any others, which become columns of obs. Paths that are not absolute begin at the folder of the
 * sheet.
 */
final class SampleSheet {
  private static final String PATH = "path";
  private static final String NAME = "name";

  private SampleSheet() {}

  /** Tells by its name whether a file is a sample sheet. */
  static boolean isAt(Path file) {
    return file.toString().endsWith(".csv");
  }

  /**
   * Reads a sheet.
   *
   * @throws InputException when it is no such table, or lists no sample
   */
  static List<Sample> read(Path sheet) {
    List<List<String>> lines = CsvFile.read(sheet);
    if (lines.size() < 2) {
      throw new InputException(
          "%s lists no samples; expected a line of column names (path, name, ...) and a line for each sample."
              .formatted(sheet));
    }
    List<String> header = lines.getFirst().stream().map(String::strip).toList();
    requireHeader(sheet, header);
    List<SequencedMap<String, String>> rows = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      SequencedMap<String, String> row = row(header, lines.get(i));
      String path = row.remove(PATH);
      if (path.isEmpty()) {
        throw new InputException(
            "Sample %d of %s has no path; expected a file or folder.".formatted(i, sheet));
      }
      files.add(sheet.resolveSibling(path));
      rows.add(row);
    }
    List<String> names =
        header.contains(NAME)
            ? rows.stream().map(SampleSheet::named).toList()
            : SampleNames.of(files);
    SampleNames.requireDifferent(names, files);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      samples.add(new Sample(names.get(i), files.get(i), rows.get(i)));
    }
    return samples;
  }

  /** Takes the name out of a row, and says it as the column that cells get. */
  private static String named(SequencedMap<String, String> row) {
    String name = row.remove(NAME);
    row.putFirst(Sample.COLUMN, name);
    return name;
  }

  private static void requireHeader(Path sheet, List<String> header) {
    if (!header.contains(PATH)) {
      throw new InputException(
          "%s has no column 'path' but %s; expected commas between the columns, and path among them."
              .formatted(sheet, header));
    }
    if (header.contains(Sample.COLUMN)) {
      throw new InputException(
          "%s has a column 'sample', which is made of the samples' names; expected the column 'name' for these."
              .formatted(sheet));
    }
    if (new HashSet<>(header).size() < header.size() || header.contains("")) {
      throw new InputException(
          "%s has the columns %s; expected a name of its own for each.".formatted(sheet, header));
    }
  }

  private static SequencedMap<String, String> row(List<String> header, List<String> fields) {
    SequencedMap<String, String> row = new LinkedHashMap<>();
    for (int c = 0; c < header.size(); c++) {
      row.put(header.get(c), fields.get(c).strip());
    }
    return row;
  }
}
