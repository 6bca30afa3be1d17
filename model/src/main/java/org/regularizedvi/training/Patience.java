package org.regularizedvi.training;

/**
 * Counts how long a falling metric has not fallen.
 *
 * @param best its lowest value so far
 * @param waited epochs since then, or since the wait was last over
 */
public record Patience(double best, int waited) {
  static Patience fresh() {
    return new Patience(Double.POSITIVE_INFINITY, 0);
  }

  /**
   * {@return the patience after another epoch: only a metric lower by more than {@code least} ends
   * the wait}
   */
  Patience next(double metric, double least) {
    return metric < best - least ? new Patience(metric, 0) : new Patience(best, waited + 1);
  }
}
