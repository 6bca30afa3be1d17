package org.regularizedvi.training;

import java.util.Optional;

/**
 * Says what early stopping remembers of the epochs so far.
 *
 * @param patience how long the metric has not fallen by as much as counts
 * @param lowest the lowest value of the metric, by however little
 * @param lowestEpoch the epoch that had it, counted from 1; 0 before any
 */
public record Waiting(Patience patience, double lowest, int lowestEpoch) {
  static Waiting fresh() {
    return new Waiting(Patience.fresh(), Double.POSITIVE_INFINITY, 0);
  }

  /** {@return the epoch with the lowest value, counted from 1; empty before any} */
  public Optional<Integer> best() {
    return Optional.of(lowestEpoch).filter(epoch -> epoch > 0);
  }
}
