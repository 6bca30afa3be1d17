package org.regularizedvi.core.config;

import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Spelling;

/**
 * Says how modalities share a latent representation.
 *
 * @param mode {@code latent_mode}
 * @param weights {@code modality_weights}; other than equal ones need the weighted mean
 */
public record LatentConfig(
    @Option(
            name = "latent_mode",
            help =
                "concatenation: all encoders' latents side by side; weighted-mean; or single-encoder: one encoder sees all")
        LatentMode mode,
    @Option(
            name = "modality_weights",
            help =
                "Weights of the weighted mean: equal; universal: one learned per modality; or cell: learned for each cell")
        ModalityWeights weights) {
  /**
   * Checks the components.
   *
   * @throws InputException when weights are to be learned and the mode is no weighted mean
   */
  public LatentConfig {
    if (weights != ModalityWeights.EQUAL && mode != LatentMode.WEIGHTED_MEAN) {
      throw new InputException(
          "modality_weights are those of latent_mode weighted-mean, but latent_mode is %s."
              .formatted(Spelling.word(mode)));
    }
  }

  /** {@return latents side by side, which need no weights} */
  public static LatentConfig defaults() {
    return new LatentConfig(LatentMode.CONCATENATION, ModalityWeights.EQUAL);
  }
}
