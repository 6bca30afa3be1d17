package org.regularizedvi.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.Counts;

/**
 * Holds the counts of one modality.
 *
 * @param name the name of the modality, empty in a model of one
 * @param counts the counts, cells x features
 * @param features the names of the columns of {@code counts}
 */
public record ModalityCounts(String name, Counts counts, List<String> features) {
  /** Keeps copies, which nobody can change. */
  public ModalityCounts {
    features = List.copyOf(features);
  }

  /**
   * {@return what to call the modality in a sentence: " of modality 'rna'", or nothing}
   *
   * @param name its name, empty where it has none
   */
  public static String of(String name) {
    return name.isEmpty() ? "" : " of modality '%s'".formatted(name);
  }

  /**
   * {@return the counts of a modality of a file}
   *
   * @param source the file
   * @param name the name of the modality
   * @param columns those of the features that are read, ascending; empty for all
   * @param keeper keeps the counts
   * @throws org.regularizedvi.input.InputException when a value is no count
   */
  static ModalityCounts read(
      CellSource source, String name, Optional<int[]> columns, CountKeeper keeper) {
    List<String> names = source.features(name).varNames();
    return new ModalityCounts(
        name,
        keeper.keep(source, name, columns),
        columns.map(some -> Arrays.stream(some).mapToObj(names::get).toList()).orElse(names));
  }
}
