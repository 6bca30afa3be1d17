package org.regularizedvi.core.feature;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/** Features that a column of var marks, or that a file names, a name a line. */
final class NamedChoice {
  private static final int SHOWN = 10;

  private NamedChoice() {}

  /**
   * {@return the columns of the features, ascending}
   *
   * @param option what messages begin with
   * @param text the name of a column of var; else of a file
   * @param table the table of a modality
   * @param known the names of the features of all modalities
   * @throws InputException when there is neither, the column does not hold truth values, or the
   *     file names what no modality has
   */
  static int[] columns(String option, String text, FeatureTable table, Set<String> known) {
    if (table.varColumns().contains(text)) {
      return marked(option, text, table);
    }
    if (Files.isRegularFile(Path.of(text))) {
      return named(option, Path.of(text), table, known);
    }
    throw new InputException(
        "%s: there is no file '%s', and %s has no such column in var; %s."
            .formatted(option, text, table.source(), Nearest.words(text, table.varColumns())));
  }

  private static int[] marked(String option, String key, FeatureTable table) {
    Column column = table.var(key);
    return IntStream.range(0, column.size())
        .filter(
            feature ->
                switch (PandasText.of(column, feature).orElse("False")) {
                  case "True", "1" -> true;
                  case "False", "0" -> false;
                  case String other ->
                      throw new InputException(
                          "%s: var['%s'] of %s must hold True or False, but feature '%s' has '%s'."
                              .formatted(
                                  option,
                                  key,
                                  table.source(),
                                  table.varNames().get(feature),
                                  other));
                })
        .toArray();
  }

  private static int[] named(String option, Path file, FeatureTable table, Set<String> known) {
    Set<String> names = new HashSet<>(names(option, file));
    List<String> there = table.varNames();
    List<String> missing = names.stream().filter(name -> !known.contains(name)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new InputException(
          "%s: %s names %s that %s lacks: %s%s."
              .formatted(
                  option,
                  file,
                  Amount.of(missing.size(), "feature"),
                  table.source(),
                  String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size()))),
                  missing.size() > SHOWN ? " and %,d more".formatted(missing.size() - SHOWN) : ""));
    }
    return IntStream.range(0, there.size()).filter(g -> names.contains(there.get(g))).toArray();
  }

  private static List<String> names(String option, Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new InputException(
          "%s: %s cannot be read as text with a name a line: %s."
              .formatted(option, file, e.getMessage()),
          e);
    }
  }
}
