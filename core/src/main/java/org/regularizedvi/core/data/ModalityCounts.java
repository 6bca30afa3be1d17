package org.regularizedvi.core.data;

import java.util.List;
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

  /** {@return what to call the modality in a sentence: " of modality 'rna'", or nothing} */
  static String of(String name) {
    return name.isEmpty() ? "" : " of modality '%s'".formatted(name);
  }
}
