package org.regularizedvi.core.data;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.cells.view.EnsemblIds;
import org.regularizedvi.input.InputException;

/**
 * Tells of features of a model that a file lacks, and whether it may have them under other names.
 *
 * @param table the file's features of a modality
 * @param features the names of the model's
 */
record AbsentFeatures(FeatureTable table, List<String> features) {
  private static final int SHOWN = 10;

  /** Returns the names of the features that the file lacks, in the model's order. */
  List<String> names() {
    Set<String> there = new HashSet<>(table.varNames());
    return features.stream().filter(name -> !there.contains(name)).toList();
  }

  /** Says how many features are missing, and names the first. */
  String words() {
    List<String> missing = names();
    return "%s lacks %,d of the model's %,d features: %s%s"
        .formatted(
            table.source(),
            missing.size(),
            features.size(),
            String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size()))),
            missing.size() > SHOWN ? " and %,d more".formatted(missing.size() - SHOWN) : "");
  }

  /** Refuses the file, with what may help. */
  InputException refusal() {
    return new InputException("%s; %s.".formatted(words(), help()));
  }

  private String help() {
    int found = features.size() - names().size();
    return versions(found)
        .or(() -> column(found))
        .orElse("--missing-features zero takes them as zero in every cell");
  }

  /** Finds the column of var that has the most of the features, with versions or without. */
  private Optional<String> column(int found) {
    int most = found;
    Optional<String> help = Optional.empty();
    for (String key : table.varColumns()) {
      Column column = table.var(key);
      if (column instanceof Column.Text || column instanceof Column.Categorical) {
        List<String> texts =
            IntStream.range(0, column.size())
                .mapToObj(row -> PandasText.of(column, row).orElse(""))
                .toList();
        int exact = common(features.stream(), texts.stream());
        int stripped = common(stripped(features), stripped(texts));
        if (Math.max(exact, stripped) > most) {
          most = Math.max(exact, stripped);
          help =
              Optional.of(
                  "%,d of its features stand in var['%s']%s: --feature-names %s%s"
                      .formatted(
                          most,
                          key,
                          stripped > exact ? " but for the version of their Ensembl ids" : "",
                          key,
                          stripped > exact ? " --strip-versions" : ""));
        }
      }
    }
    return help;
  }

  private Optional<String> versions(int found) {
    int stripped = common(stripped(features), stripped(table.varNames()));
    return stripped > found
        ? Optional.of(
            "%,d of its features have these names but for the version of their Ensembl ids: --strip-versions"
                .formatted(stripped - found))
        : Optional.empty();
  }

  private static Stream<String> stripped(List<String> names) {
    return names.stream().map(EnsemblIds::withoutVersion);
  }

  private static int common(Stream<String> wanted, Stream<String> there) {
    Set<String> names = new HashSet<>(there.toList());
    return (int) wanted.filter(names::contains).count();
  }
}
