package org.regularizedvi.core.term;

/**
 * A term of the loss that belongs to parameters which all cells share: it counts once per data set
 * and is divided by the number of training cells, never by the minibatch.
 */
public enum GlobalTerm {
  /** Containment prior of the inverse dispersion with its hyper-prior. */
  DISPERSION("dispersion's prior"),

  /** Prior of the additive background. */
  BACKGROUND("background's prior"),

  /** Prior of the feature scaling. */
  SCALING("feature scaling's prior"),

  /** Divergence of the posterior of w, the weight of the observed library size, from its prior. */
  LIBRARY_WEIGHT("library weight's prior"),

  /** Prior of the learned factors of modalities. */
  MODALITY_SCALE("modality scale's prior"),

  /** What holds the decoder's weights to small values. */
  DECODER_PENALTIES("decoder's penalties");

  private final String words;

  GlobalTerm(String words) {
    this.words = words;
  }

  /** What messages call the term, without an article. */
  public String words() {
    return words;
  }
}
