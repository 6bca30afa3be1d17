package org.regularizedvi.core.counts;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.SparseRows;

/**
 * Holds the sums over the counts of a modality that start values need. They come from one pass over
 * the nonzeros.
 *
 * @param totals the total count of each cell
 * @param sizes what each cell's counts are divided by: its size factor, or else its total
 * @param shares the sum over cells of x / size, length G; cells without counts add nothing
 * @param sharesByCategory the same over the cells of each ambient category, C x G
 * @param cellsOf the number of cells of each ambient category
 * @param sums the sum over cells of x, length G
 * @param squares the sum over cells of x^2, length G
 * @param top the largest x / size of each feature, when asked for
 */
public record CountSummary(
    double[] totals,
    double[] sizes,
    double[] shares,
    double[][] sharesByCategory,
    int[] cellsOf,
    double[] sums,
    double[] squares,
    Optional<TopValues> top) {
  private static final int TOP_SHARE = 100;
  private static final int MOST_TOP = 500;

  /**
   * Reads the counts once.
   *
   * @param counts the counts, cells x G
   * @param sizeFactors one for each cell, or none
   * @param ambient the ambient categories of the cells, within which means are taken
   * @param withTop whether to keep the largest values: those of a hundredth of the cells, at most
   *     500
   * @return the sums
   */
  public static CountSummary of(
      Counts counts, double[] sizeFactors, Ambient ambient, boolean withTop) {
    int features = counts.columns();
    int categories = Arrays.stream(ambient.sizes()).sum();
    double[] totals = new double[counts.rows()];
    int kept = Math.clamp(counts.rows() / TOP_SHARE, 1, MOST_TOP);
    CountSummary summary =
        new CountSummary(
            totals,
            sizeFactors.length > 0 ? sizeFactors : totals,
            new double[features],
            new double[categories][features],
            new int[categories],
            new double[features],
            new double[features],
            withTop ? Optional.of(new TopValues(features, kept)) : Optional.empty());
    int[] places = new int[ambient.sizes().length];
    int first = 0;
    for (SparseRows block : (Iterable<SparseRows>) counts.blocks()::iterator) {
      System.arraycopy(block.totals(), 0, totals, first, block.rows());
      for (int row = 0; row < block.rows(); row++) {
        ambient.places(first + row, places);
        summary.add(block, row, summary.sizes[first + row], places);
      }
      first += block.rows();
    }
    return summary;
  }

  /**
   * Holds the ambient categories of cells.
   *
   * @param codes for each key, each cell's category
   * @param sizes the number of categories of each key; the categories of several keys stand side by
   *     side
   */
  public record Ambient(int[][] codes, int[] sizes) {
    /** No categories, for when nobody asks for means within them. */
    public static final Ambient NONE = new Ambient(new int[0][], new int[0]);

    void places(int cell, int[] places) {
      int offset = 0;
      for (int key = 0; key < sizes.length; key++) {
        places[key] = offset + codes[key][cell];
        offset += sizes[key];
      }
    }
  }

  private void add(SparseRows block, int row, double size, int[] places) {
    for (int place : places) {
      cellsOf[place]++;
    }
    for (int i = block.indptr()[row]; i < block.indptr()[row + 1]; i++) {
      int gene = block.indices()[i];
      double x = block.values()[i];
      double share = x / size;
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

  /** {@return the number of cells} */
  public int cells() {
    return totals.length;
  }

  /** {@return the mean total count of a cell} */
  public double meanTotal() {
    return Arrays.stream(totals).average().orElseThrow();
  }

  /** {@return the mean of what a cell's counts are divided by} */
  public double meanSize() {
    return Arrays.stream(sizes).average().orElseThrow();
  }
}
