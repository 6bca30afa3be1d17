package org.regularizedvi.core.differential;

import java.util.Arrays;

/**
 * Estimates what to add to expression so that features without counts do not seem to change. For
 * each feature that a group hardly expresses, take the largest expression that the samples give it;
 * the pseudocount is the 0.9 quantile of these, in the group where that is larger, divided by the
 * number of features.
 */
public final class Pseudocounts {
  /** The mean count below which a feature counts as not expressed in a group. */
  public static final double THRESHOLD = 0.01;

  private static final double QUANTILE = 0.9;
  private static final double LEAST = 1e-10;

  private Pseudocounts() {}

  /**
   * {@return the pseudocount}
   *
   * @param largest1 the largest expression of each feature that the first group does not express
   * @param largest2 the same for the second group
   * @param features the number of all features
   */
  public static double of(double[] largest1, double[] largest2, int features) {
    return Math.max(LEAST, Math.max(quantile(largest1), quantile(largest2)) / features);
  }

  /** Interpolates linearly between the two nearest values. */
  private static double quantile(double[] values) {
    if (values.length == 0) {
      return LEAST;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = QUANTILE * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
