package org.regularizedvi.core.config;

/** Says where the inverse dispersions start ({@code dispersion_init}). */
public enum DispersionInit {
  /** They start where their prior and the penalty balance, the same for all features. */
  PRIOR,
  /**
   * They start at what the mean and variance of each feature's counts say, and the hyper-prior
   * follows.
   */
  DATA,
  /**
   * With bursts, their frequency and size and the technical variance start at what the mean and
   * variance of each feature's counts say; without bursts, as {@link #DATA}.
   */
  VARIANCE_BURST_SIZE
}
