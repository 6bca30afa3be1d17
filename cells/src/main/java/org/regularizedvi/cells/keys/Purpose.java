package org.regularizedvi.cells.keys;

/**
 * Says what a categorical key is used for, that is, which part of the model its categories index.
 */
public enum Purpose {
  /**
   * The additive background: each category has a profile; the categories of several keys stand side
   * by side.
   */
  AMBIENT("ambient_covariate_keys"),
  /** One-hot columns of every decoder layer. */
  NN_CONDITIONING("nn_conditioning_covariate_keys"),
  /** The multiplicative scaling of features: each category has a row of factors. */
  FEATURE_SCALING("feature_scaling_covariate_keys"),
  /** Groups of cells that share dispersions. */
  DISPERSION("dispersion_key"),
  /** Groups of cells that share a library size prior. */
  LIBRARY_SIZE("library_size_key"),
  /** One-hot columns of every encoder layer. */
  ENCODER("encoder_covariate_keys"),
  /**
   * The key given as {@code batch_key}. It enters the decoder when {@code use_batch_in_decoder} is
   * on.
   */
  BATCH("batch_key");

  private final String option;

  Purpose(String option) {
    this.option = option;
  }

  /** {@return the option by which a user names the keys of this purpose} */
  public String option() {
    return option;
  }
}
