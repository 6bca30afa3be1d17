package org.regularizedvi.core.draw;

/**
 * Says what a random draw is for. Draws of different kinds, modalities and layers never share
 * random bits.
 *
 * @param kind what is drawn
 * @param modality the place of the modality in the model, below 256
 * @param layer the place of the layer in its network, below 256
 */
public record Draw(Kind kind, int modality, int layer) {
  /**
   * Names the kinds of draws, each with the number that the random generator knows it by. Results
   * depend on these numbers, so they never change.
   */
  public enum Kind {
    /** Start values of parameters. */
    START(0),
    /** The split into training and validation cells. */
    SPLIT(1),
    /** The order of the cells in an epoch. */
    SHUFFLE(2),
    /** z from q(z|x) in training. */
    LATENT(3),
    /** l from q(l|x) in training. */
    LIBRARY(4),
    /** Dropout in the latent encoder. */
    LATENT_DROPOUT(5),
    /** Dropout in the library encoder. */
    LIBRARY_DROPOUT(6),
    /** The noise of log theta. */
    THETA(7),
    /** The draw for the prior of the dispersion, where it is drawn. */
    DISPERSION_PRIOR(8),
    /** The draws whose mean is a latent of the distribution ln. */
    LATENT_MEAN(9),
    /** Dropout of the latent encoder's continuous covariates. */
    LATENT_COVARIATE_DROPOUT(10),
    /** Dropout of the library encoder's continuous covariates. */
    LIBRARY_COVARIATE_DROPOUT(11),
    /** The weight of the observed total in the library size. */
    LIBRARY_WEIGHT(12),
    /** z from the posterior, for questions to a trained model. */
    POSTERIOR_LATENT(13),
    /** l from the posterior, for questions to a trained model. */
    POSTERIOR_LIBRARY(14),
    /** The native part of a count, for correction. */
    NATIVE_COUNT(15),
    /** The cells of samples of differential expression. */
    DIFFERENTIAL_CELL(16),
    /** The pairs of samples of differential expression. */
    DIFFERENTIAL_PAIR(17),
    /** Posterior predictive counts. */
    PREDICTED_COUNT(18),
    /** Dropout in the encoder of the scales of z. */
    HORSESHOE_DROPOUT(19),
    /** Dropout of that encoder's continuous covariates. */
    HORSESHOE_COVARIATE_DROPOUT(20),
    /** The scales of z, per cell. */
    HORSESHOE(21),
    /** The scales of z that all cells share. */
    ARD(22);

    private final int purpose;

    Kind(int purpose) {
      this.purpose = purpose;
    }

    /** {@return the purpose under which the random generator knows this kind} */
    public int purpose() {
      return purpose;
    }

    /**
     * {@return the dropout of continuous covariates in the encoder whose dropout this kind is}
     *
     * @throws IllegalArgumentException when this kind is no dropout of an encoder
     */
    public Kind ofCovariates() {
      return switch (this) {
        case LATENT_DROPOUT -> LATENT_COVARIATE_DROPOUT;
        case LIBRARY_DROPOUT -> LIBRARY_COVARIATE_DROPOUT;
        case HORSESHOE_DROPOUT -> HORSESHOE_COVARIATE_DROPOUT;
        default -> throw new IllegalArgumentException(this + " is no dropout of an encoder");
      };
    }
  }

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a place is out of range
   */
  public Draw {
    if (modality < 0 || modality > 255 || layer < 0 || layer > 255) {
      throw new IllegalArgumentException(
          "No draw for modality %d, layer %d".formatted(modality, layer));
    }
  }

  /**
   * {@return the draws of a kind in a modality, for no layer in particular}
   *
   * @param kind what is drawn
   * @param modality the place of the modality in the model
   */
  public static Draw of(Kind kind, int modality) {
    return new Draw(kind, modality, 0);
  }

  /** {@return the purpose under which the random generator knows this kind} */
  public int purpose() {
    return kind.purpose();
  }

  /**
   * {@return the step under which the random generator knows the draws of this modality and layer}
   *
   * @param trainingStep the step of training, below 2^32
   */
  public long step(long trainingStep) {
    if (trainingStep < 0 || trainingStep > 0xffffffffL) {
      throw new IllegalArgumentException("Training step out of range: " + trainingStep);
    }
    return (long) modality << 40 | (long) layer << 32 | trainingStep;
  }
}
