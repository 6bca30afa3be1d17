package org.regularizedvi.model.init;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.data.CountMatrix;
import org.regularizedvi.data.SparseRows;

/**
 * What starts from data need of the counts, from one pass over their nonzeros.
 *
 * @param totals total count of each cell
 * @param shares sum over cells of x / total, G; cells without counts add nothing
 * @param sharesByCategory the same over the cells of each ambient category, C x G
 * @param cellsOf cells of each ambient category
 * @param sums sum over cells of x, G
 * @param squares sum over cells of x^2, G
 * @param top the largest x / total of each feature, when asked for
 */
record CountSummary(
    double[] totals,
    double[] shares,
    double[][] sharesByCategory,
    int[] cellsOf,
    double[] sums,
    double[] squares,
    Optional<TopValues> top) {
  private static final int TOP_SHARE = 100;
  private static final int MOST_TOP = 500;

  /**
   * @param ambient for each key each cell's category
   * @param sizes categories of each key; the keys' categories stand side by side
   * @param withTop whether to keep the largest values, of a hundredth of the cells, at most 500
   */
  static CountSummary of(CountMatrix counts, int[][] ambient, int[] sizes, boolean withTop) {
    int features = counts.columns();
    int categories = Arrays.stream(sizes).sum();
    int kept = Math.clamp(counts.rows() / TOP_SHARE, 1, MOST_TOP);
    CountSummary summary =
        new CountSummary(
            new double[counts.rows()],
            new double[features],
            new double[categories][features],
            new int[categories],
            new double[features],
            new double[features],
            withTop ? Optional.of(new TopValues(features, kept)) : Optional.empty());
    int[] places = new int[sizes.length];
    int cell = 0;
    for (SparseRows block : counts.blocks()) {
      double[] totals = block.totals();
      for (int row = 0; row < block.rows(); row++, cell++) {
        int offset = 0;
        for (int key = 0; key < sizes.length; key++) {
          places[key] = offset + ambient[key][cell];
          offset += sizes[key];
        }
        summary.totals[cell] = totals[row];
        summary.add(block, row, totals[row], places);
      }
    }
    return summary;
  }

  private void add(SparseRows block, int row, double total, int[] places) {
    for (int place : places) {
      cellsOf[place]++;
    }
    for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
      int gene = block.indices()[i];
      double x = block.values()[i];
      double share = x / total;
      shares[gene] += share;
      sums[gene] += x;
      squares[gene] += x * x;
      for (int place : places) {
        sharesByCategory[place][gene] += share;
      }
      if (top.isPresent()) {
        top.get().offer(gene, (float) share);
      }
    }
  }

  int cells() {
    return totals.length;
  }

  double meanTotal() {
    return Arrays.stream(totals).average().orElseThrow();
  }
}
