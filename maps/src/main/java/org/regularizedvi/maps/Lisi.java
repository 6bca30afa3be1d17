package org.regularizedvi.maps;

import java.util.Arrays;

/**
 * Computes the local inverse Simpson index: how many groups a cell's neighbourhood has in effect,
 * from 1 to the number of groups. A neighbour at distance d has the weight exp(-beta d), where beta
 * is such that the entropy of the weights is that of {@code neighbours / 3} equal ones; the index
 * is 1 / (sum of the squared shares of the groups). The cell itself does not count.
 *
 * <p>Source: Korsunsky et al., "Harmony", Nature Methods 16, 2019. The median over cells is scaled
 * to 0 to 1 as in Luecken et al., Nature Methods 19, 2022, and as scib-metrics computes it.
 */
public final class Lisi {
  private static final int STEPS = 50;
  private static final double TOLERANCE = 1e-5;

  private Lisi() {}

  /**
   * {@return how well batches mix: 0 apart, 1 mixed}
   *
   * @param neighbours the nearest cells of each cell, itself first
   * @param batches the batch of each cell, 0, 1, ..., two or more in all
   */
  public static double mixing(Neighbours neighbours, int[] batches) {
    int groups = groups(batches);
    return (median(neighbours, batches, groups) - 1) / (groups - 1);
  }

  /**
   * {@return how well labels stay apart: 1 apart, 0 mixed}
   *
   * @param neighbours the nearest cells of each cell, itself first
   * @param labels the label of each cell, 0, 1, ..., two or more in all
   */
  public static double separation(Neighbours neighbours, int[] labels) {
    int groups = groups(labels);
    return (groups - median(neighbours, labels, groups)) / (groups - 1);
  }

  /**
   * Returns, to 0.05, what {@link #mixing} would be if cells lay at random. It is less than 1 where
   * batches differ in size, or are too many for one neighbourhood to hold all.
   *
   * @param neighbours the number of neighbours, the cell itself among them
   * @param batches the batch of each cell
   * @return the score by chance, 0 to 1
   */
  public static double mixingByChance(int neighbours, int[] batches) {
    int groups = groups(batches);
    return (byChance(neighbours, batches, groups) - 1) / (groups - 1);
  }

  /**
   * {@return to 0.05, what {@link #separation} would be if cells lay at random}
   *
   * @param neighbours the number of neighbours, the cell itself among them
   * @param labels the label of each cell
   */
  public static double separationByChance(int neighbours, int[] labels) {
    int groups = groups(labels);
    return (groups - byChance(neighbours, labels, groups)) / (groups - 1);
  }

  /** Two neighbours drawn by weight are one and the same as often as among so many equal ones. */
  private static double byChance(int neighbours, int[] codes, int groups) {
    double[] shares = new double[groups];
    for (int code : codes) {
      shares[code] += 1.0 / codes.length;
    }
    double alike = Arrays.stream(shares).map(share -> share * share).sum();
    double same = 1.0 / Math.max(1, neighbours / 3);
    return 1 / (same + (1 - same) * alike);
  }

  private static int groups(int[] codes) {
    return Arrays.stream(codes).max().orElse(0) + 1;
  }

  private static double median(Neighbours neighbours, int[] codes, int groups) {
    double[] found = new double[neighbours.rows()];
    for (int i = 0; i < found.length; i++) {
      found[i] = of(neighbours, i, codes, groups);
    }
    Arrays.sort(found);
    int half = found.length / 2;
    return found.length % 2 == 1 ? found[half] : (found[half - 1] + found[half]) / 2;
  }

  private static double of(Neighbours neighbours, int cell, int[] codes, int groups) {
    int row = cell * neighbours.count();
    double[] weights = weights(neighbours, row);
    double[] shares = new double[groups];
    for (int n = 1; n < neighbours.count(); n++) {
      shares[codes[neighbours.indices()[row + n]]] += weights[n];
    }
    return 1 / Arrays.stream(shares).map(share -> share * share).sum();
  }

  /** Finds beta by halving; weights are measured from the nearest so that none of all is lost. */
  private static double[] weights(Neighbours neighbours, int row) {
    double target = Math.log(Math.max(1, neighbours.count() / 3));
    double[] weights = new double[neighbours.count()];
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double beta = 1;
    for (int step = 0; step <= STEPS; step++) {
      double excess = entropy(neighbours, row, beta, weights) - target;
      if (Math.abs(excess) < TOLERANCE) {
        break;
      }
      low = excess > 0 ? beta : low;
      high = excess > 0 ? high : beta;
      beta = high == Double.POSITIVE_INFINITY ? beta * 2 : (low + high) / 2;
    }
    return weights;
  }

  /** Fills in weights that add up to 1 and returns their entropy. */
  private static double entropy(Neighbours neighbours, int row, double beta, double[] weights) {
    double sum = 0;
    double weighted = 0;
    double nearest = neighbours.distances()[row + 1];
    for (int n = 1; n < weights.length; n++) {
      double beyond = neighbours.distances()[row + n] - nearest;
      weights[n] = Math.exp(-beta * beyond);
      sum += weights[n];
      weighted += weights[n] * beyond;
    }
    for (int n = 1; n < weights.length; n++) {
      weights[n] /= sum;
    }
    return Math.log(sum) + beta * weighted / sum;
  }
}
