package org.regularizedvi.training;

import org.regularizedvi.core.config.PlateauConfig;

/**
 * Watches a falling metric and says by what to multiply the learning rate: 1, or the factor once
 * patience is over.
 */
final class Plateau {
  private final PlateauConfig config;
  private Patience state = Patience.fresh();

  Plateau(PlateauConfig config) {
    this.config = config;
  }

  /** {@return the rate to go on with after an epoch} */
  double next(double metric, double lr) {
    state = state.next(metric, config.threshold());
    if (state.waited() <= config.patience()) {
      return lr;
    }
    state = new Patience(state.best(), 0);
    return Math.max(lr * config.factor(), Math.min(lr, config.minimum()));
  }

  Patience state() {
    return state;
  }

  void restore(Patience stored) {
    state = stored;
  }
}
