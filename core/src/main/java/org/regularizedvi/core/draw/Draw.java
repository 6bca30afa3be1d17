package org.regularizedvi.core.draw;

/**
 * What a random draw is for: draws of different kinds, modalities and layers never share random
 * bits.
 *
 * @param modality place of the modality in the model, below 256
 * @param layer place of the layer in its network, below 256
 */
public record Draw(Kind kind, int modality, int layer) {
  /** Stored models' results depend on this order: append only. */
  public enum Kind {
    START,
    SPLIT,
    SHUFFLE,
    LATENT,
    LIBRARY,
    LATENT_DROPOUT,
    LIBRARY_DROPOUT,
    THETA,
    DISPERSION_PRIOR,
    LATENT_MEAN,
    LATENT_COVARIATE_DROPOUT,
    LIBRARY_COVARIATE_DROPOUT,
    LIBRARY_WEIGHT,
    POSTERIOR_LATENT,
    POSTERIOR_LIBRARY,
    NATIVE_COUNT,
    DIFFERENTIAL_CELL,
    DIFFERENTIAL_PAIR,
    PREDICTED_COUNT
  }

  public Draw {
    if (modality < 0 || modality > 255 || layer < 0 || layer > 255) {
      throw new IllegalArgumentException(
          "No draw for modality %d, layer %d".formatted(modality, layer));
    }
  }

  public static Draw of(Kind kind, int modality) {
    return new Draw(kind, modality, 0);
  }

  /** The purpose under which the random generator knows this kind. */
  public int purpose() {
    return kind.ordinal();
  }

  /**
   * The step under which it knows this modality's and layer's draws of a training step below 2^32.
   */
  public long step(long trainingStep) {
    if (trainingStep < 0 || trainingStep > 0xffffffffL) {
      throw new IllegalArgumentException("Training step out of range: " + trainingStep);
    }
    return (long) modality << 40 | (long) layer << 32 | trainingStep;
  }
}
