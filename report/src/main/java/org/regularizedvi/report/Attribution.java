package org.regularizedvi.report;

import java.util.List;

/**
 * How much each latent dimension moves each modality.
 *
 * @param mean modality x dimension: the mean over cells of the mean absolute change
 */
public record Attribution(List<String> modalities, double[][] mean) {
  public Attribution {
    modalities = List.copyOf(modalities);
    if (modalities.size() != mean.length) {
      throw new IllegalArgumentException(
          "%d modalities, %d rows".formatted(modalities.size(), mean.length));
    }
  }
}
