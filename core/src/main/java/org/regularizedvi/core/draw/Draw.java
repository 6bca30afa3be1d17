package org.regularizedvi.core.draw;

/**
 * What a random draw is for: draws of different kinds, modalities and layers never share random
 * bits.
 *
 * @param modality place of the modality in the model, below 256
 * @param layer place of the layer in its network, below 256
 */
public record Draw(Kind kind, int modality, int layer) {
  /** Each kind with the number that the random generator knows it by: results depend on it. */
  public enum Kind {
    START(0),
    SPLIT(1),
    SHUFFLE(2),
    LATENT(3),
    LIBRARY(4),
    LATENT_DROPOUT(5),
    LIBRARY_DROPOUT(6),
    THETA(7),
    DISPERSION_PRIOR(8),
    LATENT_MEAN(9),
    LATENT_COVARIATE_DROPOUT(10),
    LIBRARY_COVARIATE_DROPOUT(11),
    LIBRARY_WEIGHT(12),
    POSTERIOR_LATENT(13),
    POSTERIOR_LIBRARY(14),
    NATIVE_COUNT(15),
    DIFFERENTIAL_CELL(16),
    DIFFERENTIAL_PAIR(17),
    PREDICTED_COUNT(18);

    private final int purpose;

    Kind(int purpose) {
      this.purpose = purpose;
    }

    /** The purpose under which the random generator knows this kind. */
    public int purpose() {
      return purpose;
    }
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
    return kind.purpose();
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
