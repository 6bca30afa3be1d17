package org.regularizedvi.core.config;

import org.regularizedvi.input.InputException;

/**
 * How modalities share a latent representation.
 *
 * @param mode {@code latent_mode}
 * @param weights {@code modality_weights}, of a weighted mean
 */
public record LatentConfig(LatentMode mode, ModalityWeights weights) {
  public LatentConfig {
    if (weights != ModalityWeights.EQUAL && mode != LatentMode.WEIGHTED_MEAN) {
      throw new InputException(
          "modality_weights are those of latent_mode weighted-mean, but latent_mode is %s."
              .formatted(Checks.name(mode)));
    }
  }

  /** Side by side. */
  public static LatentConfig defaults() {
    return new LatentConfig(LatentMode.CONCATENATION, ModalityWeights.EQUAL);
  }
}
