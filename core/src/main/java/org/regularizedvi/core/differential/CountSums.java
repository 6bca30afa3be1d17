package org.regularizedvi.core.differential;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;

/**
 * Sums over the cells of one group: counts, cells with a count, counts normalised to a total of
 * 10,000 a cell.
 */
public final class CountSums {
  private static final double NORMALISED_TOTAL = 1e4;

  private final double[] counts;
  private final double[] nonzero;
  private final double[] normalised;
  private int cells;

  public CountSums(int features) {
    counts = new double[features];
    nonzero = new double[features];
    normalised = new double[features];
  }

  /**
   * Adds a cell.
   *
   * @param total of its counts
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

  /** The sums over the other cells, where some of these are of a group that was added alike. */
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

  /** The mean count of each feature. */
  public double[] means() {
    return means(counts);
  }

  double[] nonzeroShares() {
    return means(nonzero);
  }

  double[] normalisedMeans() {
    return means(normalised);
  }

  private double[] means(double[] sums) {
    return Arrays.stream(sums).map(sum -> sum / cells).toArray();
  }

  /** Which features have too small a mean count in the group to count as expressed. */
  public boolean[] unexpressed() {
    boolean[] unexpressed = new boolean[counts.length];
    for (int g = 0; g < counts.length; g++) {
      unexpressed[g] = counts[g] / cells < Pseudocounts.THRESHOLD;
    }
    return unexpressed;
  }
}
