package org.regularizedvi.core.term;

import java.util.Arrays;
import java.util.Optional;

/**
 * A term of the loss that every cell has, in nats per cell; the ELBO is their sum. What is declared
 * here and computed by {@code Elbo} appears in the loss, the history, checkpoints, evaluations,
 * metrics and reports, in the order of this list.
 */
public enum CellTerm {
  /** Negative log-likelihood of the counts, summed over features and modalities. */
  RECONSTRUCTION(
      "reconstruction",
      "reconstruction_loss",
      "reconstruction",
      "Reconstruction: what the counts cost",
      Kind.LIKELIHOOD),

  /** Divergence of q(z|x) from the standard normal. */
  KL_Z("kl_z", "kl_z", "KL of z", "KL of the latent representation", Kind.WARMED_UP_DIVERGENCE),

  /** Divergence of q(l|x) from its group's prior; 0 with a size factor. */
  KL_L("kl_l", "kl_l", "KL of l", "KL of the library sizes", Kind.DIVERGENCE);

  private final String key;
  private final String metric;
  private final String words;
  private final String caption;
  private final Kind kind;

  /** How a term enters the loss. */
  private enum Kind {
    /** At full weight; compares with the counts and is no part of {@code kl_local}. */
    LIKELIHOOD,
    /** At full weight, a part of {@code kl_local}. */
    DIVERGENCE,
    /** Times the weight of the KL warm-up, a part of {@code kl_local}. */
    WARMED_UP_DIVERGENCE
  }

  CellTerm(String key, String metric, String words, String caption, Kind kind) {
    this.key = key;
    this.metric = metric;
    this.words = words;
    this.caption = caption;
    this.kind = kind;
  }

  /** The term's name in checkpoints, in what {@code evaluate} prints and in metrics files. */
  public String key() {
    return key;
  }

  /** The term's name in the history, without the cells that it is of. */
  public String metric() {
    return metric;
  }

  /**
   * The term's name in the history.
   *
   * @param cells {@code train} or {@code validation}
   */
  public String metric(String cells) {
    return metric + "_" + cells;
  }

  /** What messages call the term, without an article. */
  public String words() {
    return words;
  }

  /** What a report writes above the term's curve. */
  public String caption() {
    return caption;
  }

  /** Whether the weight of the KL warm-up applies to the term. */
  public boolean warmedUp() {
    return kind == Kind.WARMED_UP_DIVERGENCE;
  }

  /** Whether the term is a divergence from a prior and so a part of {@code kl_local}. */
  public boolean divergence() {
    return kind != Kind.LIKELIHOOD;
  }

  /** Returns the term of that key; empty when there is none. */
  public static Optional<CellTerm> of(String key) {
    return Arrays.stream(values()).filter(term -> term.key.equals(key)).findFirst();
  }
}
