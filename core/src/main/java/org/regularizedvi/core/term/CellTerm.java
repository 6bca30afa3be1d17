package org.regularizedvi.core.term;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.ZSparsityPrior;

/**
 * Names the terms of the loss that every cell has, in nats per cell; the ELBO is their sum. What is
 * declared here and computed by an engine appears in the loss, the history, checkpoints,
 * evaluations, metrics and reports, in the order of this list.
 */
public enum CellTerm {
  /** The negative log-likelihood of the counts, summed over features and modalities. */
  RECONSTRUCTION(
      "reconstruction",
      "reconstruction_loss",
      "reconstruction",
      "Reconstruction: what the counts cost",
      Kind.LIKELIHOOD),

  /** The divergence of q(z|x) from the standard normal. */
  KL_Z("kl_z", "kl_z", "KL of z", "KL of the latent representation", Kind.WARMED_UP_DIVERGENCE),

  /** The divergence of q(l|x) from its group's prior; 0 with a size factor. */
  KL_L("kl_l", "kl_l", "KL of l", "KL of the library sizes", Kind.DIVERGENCE),

  /** The divergence of the scales of z that each cell has of its own from their prior. */
  HORSESHOE_KL(
      "horseshoe_kl",
      "horseshoe_kl",
      "KL of the scales of z",
      "KL of the scales of z",
      Kind.WARMED_UP_DIVERGENCE),

  /** The negative log-density of |z| under its prior. */
  Z_SPARSITY(
      "z_sparsity",
      "z_sparsity",
      "sparsity of z",
      "Prior of the absolute values of z",
      Kind.WARMED_UP_DIVERGENCE),

  /** The negative log-density of the decoders' last hidden layers under their prior. */
  HIDDEN_SPARSITY(
      "hidden_sparsity",
      "hidden_sparsity",
      "sparsity of hidden layers",
      "Prior of the decoder's last hidden layer",
      Kind.WARMED_UP_DIVERGENCE);

  private final String key;
  private final String metric;
  private final String words;
  private final String caption;
  private final Kind kind;

  /** Says how a term enters the loss. */
  private enum Kind {
    /** It enters at full weight; it compares with the counts and is no part of {@code kl_local}. */
    LIKELIHOOD,
    /** It enters at full weight and is a part of {@code kl_local}. */
    DIVERGENCE,
    /** It enters times the weight of the KL warm-up and is a part of {@code kl_local}. */
    WARMED_UP_DIVERGENCE
  }

  CellTerm(String key, String metric, String words, String caption, Kind kind) {
    this.key = key;
    this.metric = metric;
    this.words = words;
    this.caption = caption;
    this.kind = kind;
  }

  /**
   * {@return the term's name in checkpoints, in what {@code evaluate} prints and in metrics files}
   */
  public String key() {
    return key;
  }

  /** {@return the term's name in the history, without the cells that it is of} */
  public String metric() {
    return metric;
  }

  /**
   * {@return the term's name in the history}
   *
   * @param cells {@code train} or {@code validation}
   */
  public String metric(String cells) {
    return metric + "_" + cells;
  }

  /** {@return the term's name in messages, without an article} */
  public String words() {
    return words;
  }

  /** {@return the heading of the term's curve in a report} */
  public String caption() {
    return caption;
  }

  /** {@return whether the weight of the KL warm-up applies to the term} */
  public boolean warmedUp() {
    return kind == Kind.WARMED_UP_DIVERGENCE;
  }

  /** {@return whether the term is a divergence from a prior and so a part of {@code kl_local}} */
  public boolean divergence() {
    return kind != Kind.LIKELIHOOD;
  }

  /**
   * {@return the terms that a model has, in the order of declaration}
   *
   * @param config the options of the model
   */
  public static Set<CellTerm> of(ModelConfig config) {
    LatentPriorConfig prior = config.latentPrior();
    Set<CellTerm> terms = EnumSet.of(RECONSTRUCTION, KL_L);
    if (prior.useKlZ()) {
      terms.add(KL_Z);
    }
    if (prior.horseshoe().on()) {
      terms.add(HORSESHOE_KL);
    }
    if (prior.zSparsityPrior() == ZSparsityPrior.GAMMA) {
      terms.add(Z_SPARSITY);
    }
    if (prior.hiddenActivationSparsity()) {
      terms.add(HIDDEN_SPARSITY);
    }
    return terms;
  }

  /**
   * {@return the term of a key; empty when there is none}
   *
   * @param key a name as {@link #key()} gives it
   */
  public static Optional<CellTerm> of(String key) {
    return Arrays.stream(values()).filter(term -> term.key.equals(key)).findFirst();
  }
}
