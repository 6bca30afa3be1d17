package org.regularizedvi.cells.keys;

/** What a categorical key is used for: the part of the model that its categories index. */
public enum Purpose {
  /** Additive background, one profile a category; categories of several keys side by side. */
  AMBIENT("ambient_covariate_keys"),
  /** One-hot columns into every decoder layer. */
  NN_CONDITIONING("nn_conditioning_covariate_keys"),
  /** Multiplicative scaling of features, one row a category. */
  FEATURE_SCALING("feature_scaling_covariate_keys"),
  /** Groups of cells that share dispersions. */
  DISPERSION("dispersion_key"),
  /** Groups of cells that share a library size prior. */
  LIBRARY_SIZE("library_size_key"),
  /** One-hot columns into every encoder layer. */
  ENCODER("encoder_covariate_keys"),
  /**
   * The key given as {@code batch_key}, into the decoder when {@code use_batch_in_decoder} is on.
   */
  BATCH("batch_key");

  private final String option;

  Purpose(String option) {
    this.option = option;
  }

  /** The option by which a user names the keys of this purpose. */
  public String option() {
    return option;
  }
}
