package org.regularizedvi.core.data;

import java.util.List;
import org.regularizedvi.cells.Counts;

/**
 * The counts of one modality.
 *
 * @param name empty in a model of a single modality
 * @param features names of the columns of {@code counts}
 */
public record ModalityCounts(String name, Counts counts, List<String> features) {
  public ModalityCounts {
    features = List.copyOf(features);
  }

  /** What to call a modality in a sentence: " of modality 'rna'", or nothing. */
  static String of(String name) {
    return name.isEmpty() ? "" : " of modality '%s'".formatted(name);
  }
}
