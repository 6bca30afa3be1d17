package org.regularizedvi.core.term;

/**
 * Names the terms of the loss that belong to parameters which all cells share: such a term counts
 * once per data set and is divided by the number of training cells, never by the minibatch.
 */
public enum GlobalTerm {
  /** The containment prior of the inverse dispersion with its hyper-prior. */
  DISPERSION("dispersion's prior"),

  /** The prior of the additive background. */
  BACKGROUND("background's prior"),

  /** The prior of the feature scaling. */
  SCALING("feature scaling's prior"),

  /**
   * The divergence of the posterior of w, the weight of the observed library size, from its prior.
   */
  LIBRARY_WEIGHT("library weight's prior"),

  /** The prior of the learned factors of modalities. */
  MODALITY_SCALE("modality scale's prior"),

  /** The penalties that hold the decoder's weights to small values. */
  DECODER_PENALTIES("decoder's penalties"),

  /** The divergence of the posterior of the scales of z that all cells share from their prior. */
  ARD("ARD scales' prior");

  private final String words;

  GlobalTerm(String words) {
    this.words = words;
  }

  /** {@return the term's name in messages, without an article} */
  public String words() {
    return words;
  }
}
