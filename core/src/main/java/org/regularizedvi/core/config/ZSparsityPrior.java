package org.regularizedvi.core.config;

/** Names the priors under which few latent dimensions are large in a cell. */
public enum ZSparsityPrior {
  /** There is no such prior. */
  NONE,
  /** |z| has a Gamma prior whose shape is the share of dimensions that a cell is to use. */
  GAMMA
}
