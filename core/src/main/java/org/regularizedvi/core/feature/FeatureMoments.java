package org.regularizedvi.core.feature;

import org.regularizedvi.cells.SparseRows;

/** Sums over the cells of a group, by feature. */
final class FeatureMoments {
  private final int[] counted;
  private final double[] sums;
  private final double[] squares;
  private int cells;

  /**
   * Begins with no cell.
   *
   * @param features the number of features
   */
  FeatureMoments(int features) {
    counted = new int[features];
    sums = new double[features];
    squares = new double[features];
  }

  /**
   * Adds a cell.
   *
   * @param rows holds its counts
   * @param row the place of the cell in them
   * @param limits what counts of each feature are clipped at
   */
  void add(SparseRows rows, int row, double[] limits) {
    cells++;
    for (int i = rows.indptr()[row]; i < rows.indptr()[row + 1]; i++) {
      int feature = rows.indices()[i];
      double count = Math.min(rows.values()[i], limits[feature]);
      counted[feature]++;
      sums[feature] += count;
      squares[feature] += count * count;
    }
  }

  int features() {
    return sums.length;
  }

  int cells() {
    return cells;
  }

  /** Returns the number of cells that have counts of a feature. */
  int counted(int feature) {
    return counted[feature];
  }

  double sum(int feature) {
    return sums[feature];
  }

  double mean(int feature) {
    return sums[feature] / cells;
  }

  /** Returns the unbiased variance, exactly 0 for whole counts that are all the same. */
  double variance(int feature) {
    double sum = sums[feature];
    return (cells * squares[feature] - sum * sum) / cells / (cells - 1);
  }

  /** Returns the sum of the squares of the differences to a value, divided by the cells less 1. */
  double spreadAbout(double value, int feature) {
    return (cells * value * value + squares[feature] - 2 * sums[feature] * value) / (cells - 1);
  }
}
