package org.regularizedvi.core.config;

/** Names a quantity that a model may be asked to predict for each cell and feature. */
public enum PredictedQuantity {
  /** It draws the count from the posterior predictive distribution. */
  COUNTS,
  /** It gives the expected count mu. */
  RATE,
  /** It gives the inverse dispersion theta. */
  DISPERSION
}
