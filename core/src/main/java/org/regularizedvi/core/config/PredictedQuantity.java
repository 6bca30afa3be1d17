package org.regularizedvi.core.config;

/** What a model may be asked to predict of each cell and feature. */
public enum PredictedQuantity {
  /** Draws of the count from the posterior predictive distribution. */
  COUNTS,
  /** The expected count mu. */
  RATE,
  /** The inverse dispersion theta. */
  DISPERSION
}
