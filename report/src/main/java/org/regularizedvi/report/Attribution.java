package org.regularizedvi.report;

import java.util.List;

/**
 * How much each latent dimension moves the expected counts of each modality.
 *
 * @param modalities the names of the modalities
 * @param mean modality x dimension: the absolute change of a feature's expected count, averaged
 *     over features and cells
 */
public record Attribution(List<String> modalities, double[][] mean) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when there is not one row of means per modality
   */
  public Attribution {
    modalities = List.copyOf(modalities);
    if (modalities.size() != mean.length) {
      throw new IllegalArgumentException(
          "%d modalities, %d rows".formatted(modalities.size(), mean.length));
    }
  }
}
