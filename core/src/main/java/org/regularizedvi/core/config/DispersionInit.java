package org.regularizedvi.core.config;

/** Where the inverse dispersions start. */
public enum DispersionInit {
  /** Where their prior and the penalty balance, the same for all features. */
  PRIOR,
  /** At what mean and variance of each feature's counts say; the hyper-prior follows. */
  DATA
}
