package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.tables.CsvFile;
import org.regularizedvi.model.RegularizedModel;
import picocli.CommandLine.Option;

/** Holds the options that say where a table with a row for each feature goes, if it is wanted. */
public final class FeatureTable {
  @Option(
      names = "--per-feature",
      paramLabel = "OUT.csv",
      description = "Also write a table with a row for each feature; this takes longer.")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--overwrite", description = "Replace the table if it exists.")
  private boolean overwrite;

  /** {@return whether the table is wanted} */
  public boolean wanted() {
    return out.isPresent();
  }

  /**
   * Checks, before any work is done, that the table can be written.
   *
   * @param inputs the files that are read
   * @throws org.regularizedvi.input.InputException when it cannot
   */
  public void require(List<Path> inputs) {
    out.ifPresent(table -> Formats.requireTable(inputs, table, ifExists()));
  }

  /**
   * Writes the table, whole or not at all, if it is wanted. A single modality has no name, and the
   * table then no column for it.
   *
   * @param model whose features these are
   * @param header the names of the columns behind that of the feature
   * @param columns the numbers of a modality, by its name: a column each, NaN for an empty field
   */
  public void write(
      RegularizedModel model, List<String> header, Function<String, List<double[]>> columns) {
    if (out.isEmpty()) {
      return;
    }
    boolean named = !model.modalities().getFirst().isEmpty();
    List<List<String>> rows = new ArrayList<>();
    for (String modality : model.modalities()) {
      List<double[]> own = columns.apply(modality);
      List<String> features = model.features(modality);
      for (int g = 0; g < features.size(); g++) {
        List<String> row = new ArrayList<>(named ? List.of(modality) : List.of());
        row.add(features.get(g));
        for (double[] column : own) {
          row.add(Double.isNaN(column[g]) ? "" : Double.toString(column[g]));
        }
        rows.add(row);
      }
    }
    Stream<String> first = named ? Stream.of("modality", "feature") : Stream.of("feature");
    CsvFile.write(out.get(), Stream.concat(first, header.stream()).toList(), rows, ifExists());
  }

  private IfExists ifExists() {
    return IfExists.replaceIf(overwrite);
  }
}
