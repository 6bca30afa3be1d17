package org.regularizedvi.core.differential;

import java.util.stream.IntStream;

/**
 * Decides which features may be called so that no more than a given share of them is expected to be
 * wrong.
 */
final class FalseDiscoveries {
  private FalseDiscoveries() {}

  /**
   * Calls as many features, the most probable first, as the mean of 1 - p over those called stays
   * within the target.
   *
   * @param descending the probabilities p, the largest first
   */
  static boolean[] called(double[] descending, double target) {
    boolean[] called = new boolean[descending.length];
    double expected = 0;
    for (int i = 0; i < called.length; i++) {
      expected += 1 - descending[i];
      called[i] = expected / (i + 1) <= target;
    }
    return called;
  }

  /** {@return the places of values, the largest first; equal ones stay in their order} */
  static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(values[b], values[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
