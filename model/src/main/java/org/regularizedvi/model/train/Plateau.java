package org.regularizedvi.model.train;

import org.regularizedvi.model.config.PlateauConfig;

/**
 * Watches a falling metric and says by what to multiply the learning rate: 1, or the factor once
 * patience is over.
 */
final class Plateau {
  private final PlateauConfig config;
  private double best = Double.POSITIVE_INFINITY;
  private int badEpochs;

  Plateau(PlateauConfig config) {
    this.config = config;
  }

  /** Returns the rate to go on with after an epoch. */
  double next(double metric, double lr) {
    if (metric < best - config.threshold()) {
      best = metric;
      badEpochs = 0;
      return lr;
    }
    if (++badEpochs <= config.patience()) {
      return lr;
    }
    badEpochs = 0;
    return Math.max(lr * config.factor(), Math.min(lr, config.minimum()));
  }
}
