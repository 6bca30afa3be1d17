package org.regularizedvi.model.train;

import org.regularizedvi.model.config.EarlyStoppingConfig;

/**
 * Watches a falling metric and says when it has not fallen enough for as many epochs as patience
 * allows.
 */
final class EarlyStopping {
  private final int patience;
  private final double minDelta;
  private double best = Double.POSITIVE_INFINITY;
  private int waited;

  EarlyStopping(EarlyStoppingConfig config, int features) {
    this.patience = config.patience();
    this.minDelta = config.minDeltaPerFeature() * features;
  }

  boolean stopAfter(double metric) {
    if (metric < best - minDelta) {
      best = metric;
      waited = 0;
    } else {
      waited++;
    }
    return waited >= patience;
  }
}
