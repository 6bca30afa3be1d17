package org.regularizedvi.ambient;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.input.InputException;

/**
 * Holds profiles in a table: the first column names features, each further one holds counts or
 * shares, and its name is a category's where there are several.
 */
final class ProfileTable {
  private final Path file;
  private final List<String> header;
  private final List<List<String>> rows;

  private ProfileTable(Path file, List<String> header, List<List<String>> rows) {
    this.file = file;
    this.header = header;
    this.rows = rows;
  }

  /** {@return whether a file is such a table, by its name} */
  static boolean isAt(Path file) {
    return separator(file).isPresent();
  }

  private static Optional<Character> separator(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      return Optional.of(',');
    }
    return name.endsWith(".tsv") || name.endsWith(".txt") ? Optional.of('\t') : Optional.empty();
  }

  /**
   * Reads a table.
   *
   * @throws InputException when it is none, or has fewer than two columns
   */
  static ProfileTable read(Path file) {
    List<List<String>> lines = CsvFile.read(file, separator(file).orElseThrow());
    if (lines.size() < 2 || lines.getFirst().size() < 2) {
      throw new InputException(
          "%s is no table of an ambient profile; expected a line of names of columns, and lines of a feature and its counts or shares."
              .formatted(file));
    }
    return new ProfileTable(file, lines.getFirst(), lines.subList(1, lines.size()));
  }

  /**
   * {@return the profile of a category: the table's only one, or that of the category's name}
   *
   * @throws InputException when no column of several has that name, a feature is there twice, or a
   *     field is not a number of at least 0
   */
  Profile of(String category) {
    int column = header.size() == 2 ? 1 : header.lastIndexOf(category);
    if (column < 1) {
      throw new InputException(
          "%s has the columns %s, but none is named '%s'; expected a single column of counts or shares, or one for each category."
              .formatted(file, String.join(", ", header.subList(1, header.size())), category));
    }
    Set<String> known = new HashSet<>();
    for (List<String> row : rows) {
      if (!known.add(row.getFirst())) {
        throw new InputException(
            "%s has the feature '%s' twice; expected each once.".formatted(file, row.getFirst()));
      }
    }
    return new Profile(
        header.size() == 2 ? file.toString() : "%s, column '%s',".formatted(file, category),
        rows.stream().map(List::getFirst).toList(),
        IntStream.range(0, rows.size()).mapToDouble(r -> amount(rows.get(r), column)).toArray());
  }

  private double amount(List<String> row, int column) {
    String text = row.get(column).strip();
    double amount;
    try {
      amount = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw wrong(row, column, e);
    }
    if (!(amount >= 0) || Double.isInfinite(amount)) {
      throw wrong(row, column, null);
    }
    return amount;
  }

  private InputException wrong(List<String> row, int column, Exception cause) {
    return new InputException(
        "%s has '%s' as %s of the feature '%s'; expected a number of at least 0."
            .formatted(file, row.get(column), header.get(column), row.getFirst()),
        cause);
  }
}
