package org.regularizedvi.core.config;

/** The distribution of the latent representation z. */
public enum LatentDistribution {
  /** Normal. */
  NORMAL,
  /** Logistic normal: the softmax of a normal draw. */
  LN
}
