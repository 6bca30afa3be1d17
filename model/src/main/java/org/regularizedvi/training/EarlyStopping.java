package org.regularizedvi.training;

import org.regularizedvi.core.config.EarlyStoppingConfig;

/**
 * Watches a falling metric and says when it has not fallen enough for as many epochs as patience
 * allows.
 */
final class EarlyStopping {
  private final int patience;
  private final double minDelta;
  private Patience state = Patience.fresh();

  EarlyStopping(EarlyStoppingConfig config, int features) {
    this.patience = config.patience();
    this.minDelta = config.minDeltaPerFeature() * features;
  }

  void epochEnded(double metric) {
    state = state.next(metric, minDelta);
  }

  boolean over() {
    return state.waited() >= patience;
  }

  Patience state() {
    return state;
  }

  void restore(Patience stored) {
    state = stored;
  }
}
