package org.regularizedvi.core.config;

/** Names what the containment prior of dispersions holds to zero. */
public enum DispersionDirection {
  /** It holds 1/sqrt(theta): towards Poisson. */
  INVERSE_SQRT,
  /** It holds sqrt(theta): towards overdispersion. */
  SQRT
}
