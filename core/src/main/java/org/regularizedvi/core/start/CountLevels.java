package org.regularizedvi.core.start;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holds a mixture of Poisson counts, fitted to the counts of one gene: a cell with T counts in all
 * has x ~ Poisson(T level_k) of the gene with probability weight_k.
 *
 * @param levels expected counts of the gene per count of the cell, ascending
 * @param weights the share of the cells at each level
 */
record CountLevels(double[] levels, double[] weights) {
  private static final int MOST_ROUNDS = 30;

  /** Rounds end when no level moves by more than this share of itself. */
  private static final double SETTLED = 1e-3;

  /** Where levels start: at these quantiles of the shares of the cells that have the gene. */
  private static final double[] QUANTILES = {0.2, 0.575, 0.95};

  /** The lowest level starts at this share of the mean at most. */
  private static final double LOWEST_START = 0.05;

  private static final double LEAST_WEIGHT = 1e-6;
  private static final double LEAST_LEVEL = 1e-12;

  /** The share of the cells that makes the lowest level one of cells, not of outliers. */
  private static final double COMMON = 0.2;

  /** The share of the cells that may be the only ones which express a marker. */
  private static final double RARE = 0.02;

  /**
   * {@return the levels of the most likely mixture that expectation maximisation finds}
   *
   * @param countN the gene's count in each cell, not all 0
   * @param totalN all counts of each cell, above 0
   */
  static CountLevels fit(double[] countN, double[] totalN) {
    double[] levels = start(countN, totalN);
    double[] weights = new double[levels.length];
    Arrays.fill(weights, 1.0 / levels.length);
    boolean settled = false;
    for (int round = 0; round < MOST_ROUNDS && !settled; round++) {
      double[] before = levels.clone();
      step(countN, totalN, levels, weights);
      settled =
          IntStream.range(0, levels.length)
              .allMatch(k -> Math.abs(levels[k] - before[k]) <= SETTLED * before[k]);
    }
    int[] order =
        IntStream.range(0, levels.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> levels[k]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new CountLevels(
        Arrays.stream(order).mapToDouble(k -> levels[k]).toArray(),
        Arrays.stream(order).mapToDouble(k -> weights[k]).toArray());
  }

  private static double[] start(double[] countN, double[] totalN) {
    double[] shares = new double[countN.length];
    int some = 0;
    double mean = 0;
    for (int n = 0; n < countN.length; n++) {
      double share = countN[n] / totalN[n];
      mean += share / countN.length;
      if (share > 0) {
        shares[some++] = share;
      }
    }
    Arrays.sort(shares, 0, some);
    double[] levels = new double[QUANTILES.length];
    for (int k = 0; k < levels.length; k++) {
      levels[k] = shares[(int) (QUANTILES[k] * (some - 1))];
    }
    levels[0] = Math.min(levels[0], LOWEST_START * mean);
    return levels;
  }

  /** One round: how likely each cell is at each level, then the levels of these cells. */
  private static void step(double[] countN, double[] totalN, double[] levels, double[] weights) {
    int kinds = levels.length;
    double[] logs = new double[kinds];
    double[] odds = new double[kinds];
    double[] ofCells = new double[kinds];
    double[] ofCounts = new double[kinds];
    double[] ofTotals = new double[kinds];
    double[] logLevels = Arrays.stream(levels).map(Math::log).toArray();
    double[] logWeights = Arrays.stream(weights).map(Math::log).toArray();
    for (int n = 0; n < countN.length; n++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < kinds; k++) {
        logs[k] = logWeights[k] + countN[n] * logLevels[k] - totalN[n] * levels[k];
        most = Math.max(most, logs[k]);
      }
      double sum = 0;
      for (int k = 0; k < kinds; k++) {
        odds[k] = Math.exp(logs[k] - most);
        sum += odds[k];
      }
      for (int k = 0; k < kinds; k++) {
        double share = odds[k] / sum;
        ofCells[k] += share;
        ofCounts[k] += share * countN[n];
        ofTotals[k] += share * totalN[n];
      }
    }
    for (int k = 0; k < kinds; k++) {
      weights[k] = Math.max(ofCells[k] / countN.length, LEAST_WEIGHT);
      levels[k] = Math.max(ofCounts[k] / Math.max(ofTotals[k], LEAST_LEVEL), LEAST_LEVEL);
    }
  }

  /** {@return the mean level of the lowest levels that a fifth of the cells or more are at} */
  double lowest() {
    return mean(IntStream.range(0, levels.length), COMMON);
  }

  /** {@return the mean level of the highest levels that a fiftieth of the cells or more are at} */
  double highest() {
    return mean(IntStream.iterate(levels.length - 1, k -> k >= 0, k -> k - 1), RARE);
  }

  private double mean(IntStream order, double share) {
    double weight = 0;
    double sum = 0;
    for (int k : order.toArray()) {
      if (weight < share) {
        weight += weights[k];
        sum += weights[k] * levels[k];
      }
    }
    return sum / weight;
  }
}
