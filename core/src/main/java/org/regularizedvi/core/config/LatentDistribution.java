package org.regularizedvi.core.config;

/** Names the distribution of the latent representation z. */
public enum LatentDistribution {
  /** z is the normal draw. */
  NORMAL,
  /** z is logistic normal: the softmax of the normal draw. */
  LN
}
