package org.regularizedvi.core.differential;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;

/**
 * Adds up over the cells of one group, for each feature: the counts, the number of cells that have
 * a count, and the counts after scaling each cell to a total of 10,000.
 */
public final class CountSums {
  private static final double NORMALISED_TOTAL = 1e4;

  private final double[] counts;
  private final double[] nonzero;
  private final double[] normalised;
  private int cells;

  /**
   * Begins with no cells.
   *
   * @param features the number of features
   */
  public CountSums(int features) {
    counts = new double[features];
    nonzero = new double[features];
    normalised = new double[features];
  }

  /**
   * Adds a cell.
   *
   * @param rows holds the cell's counts
   * @param row the row of the cell
   * @param total the total of its counts
   */
  public void add(SparseRows rows, int row, double total) {
    cells++;
    for (int i = rows.indptr()[row]; i < rows.indptr()[row + 1]; i++) {
      int g = rows.indices()[i];
      float x = rows.values()[i];
      counts[g] += x;
      nonzero[g]++;
      normalised[g] += x * (NORMALISED_TOTAL / total);
    }
  }

  /**
   * {@return the sums over the cells of this group that are not of another}
   *
   * @param group sums over some of these cells
   */
  public CountSums without(CountSums group) {
    CountSums others = new CountSums(counts.length);
    others.cells = cells - group.cells;
    for (int g = 0; g < counts.length; g++) {
      others.counts[g] = counts[g] - group.counts[g];
      others.nonzero[g] = nonzero[g] - group.nonzero[g];
      others.normalised[g] = normalised[g] - group.normalised[g];
    }
    return others;
  }

  /** {@return the mean count of each feature} */
  public double[] means() {
    return means(counts);
  }

  /** {@return for each feature the share of cells that have a count} */
  double[] nonzeroShares() {
    return means(nonzero);
  }

  /** {@return the mean of each feature after scaling each cell to a total of 10,000} */
  double[] normalisedMeans() {
    return means(normalised);
  }

  private double[] means(double[] sums) {
    return Arrays.stream(sums).map(sum -> sum / cells).toArray();
  }

  /**
   * {@return for each feature whether its mean count in the group is too small for it to count as
   * expressed}
   */
  public boolean[] unexpressed() {
    boolean[] unexpressed = new boolean[counts.length];
    for (int g = 0; g < counts.length; g++) {
      unexpressed[g] = counts[g] / cells < Pseudocounts.THRESHOLD;
    }
    return unexpressed;
  }
}
