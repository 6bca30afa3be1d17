package org.regularizedvi.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;

/**
 * Holds the cells of one step.
 *
 * @param cells the cell of each row, by its place in the data set
 * @param counts a matrix for each modality, all with the same rows; none where whoever computes has
 *     the counts of all cells
 * @param totals the total count of each cell, an array for each modality
 * @param before how many counts above zero each cell has of features before those of which the
 *     matrices have counts, an array for each modality: 0 but for one of several workers that share
 *     a training ({@link org.regularizedvi.cells.Counts#kept})
 * @param covariates the categories and continuous covariates of each cell
 */
public record Minibatch(
    int[] cells,
    List<SparseRows> counts,
    List<double[]> totals,
    List<int[]> before,
    Covariates covariates) {
  /**
   * Makes a minibatch with all counts and adds up the totals.
   *
   * @param cells the cell of each row
   * @param counts a matrix for each modality
   * @param covariates the categories and continuous covariates of each cell
   */
  public Minibatch(int[] cells, List<SparseRows> counts, Covariates covariates) {
    this(
        cells,
        counts,
        counts.stream().map(SparseRows::totals).toList(),
        counts.stream().map(own -> new int[own.rows()]).toList(),
        covariates);
  }

  /** {@return whether it brings the counts of its cells} */
  public boolean hasCounts() {
    return !counts.isEmpty();
  }

  /** {@return the number of cells} */
  public int size() {
    return cells.length;
  }

  /**
   * {@return for each cell whether it has a modality: counts in it, or no other modality to be of}
   *
   * @param modality the place of the modality
   */
  public boolean[] present(int modality) {
    double[] own = totals.get(modality);
    boolean[] present = new boolean[cells.length];
    for (int n = 0; n < present.length; n++) {
      present[n] = totals.size() == 1 || own[n] > 0;
    }
    return present;
  }

  /**
   * {@return the rows {@code from} to {@code to - 1} alone}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public Minibatch rows(int from, int to) {
    int[] rows = IntStream.range(from, to).toArray();
    return new Minibatch(
        Arrays.copyOfRange(cells, from, to),
        counts.stream().map(all -> all.slice(from, to)).toList(),
        totals.stream().map(all -> Arrays.copyOfRange(all, from, to)).toList(),
        before.stream().map(all -> Arrays.copyOfRange(all, from, to)).toList(),
        covariates.gather(rows));
  }

  /**
   * Returns this minibatch with further cells behind its own, until there are so many rows. They
   * have no counts and are like the last cell otherwise.
   *
   * @param rows the number of rows
   * @return the larger minibatch
   */
  public Minibatch padded(int rows) {
    int size = size();
    if (size >= rows) {
      return this;
    }
    int[] like = IntStream.range(0, rows).map(row -> Math.min(row, size - 1)).toArray();
    int[] orEmpty = IntStream.range(0, rows).map(row -> row < size ? row : -1).toArray();
    return new Minibatch(
        IntStream.of(like).map(row -> cells[row]).toArray(),
        counts.stream().map(all -> all.pick(orEmpty)).toList(),
        totals.stream().map(all -> Arrays.copyOf(all, rows)).toList(),
        before.stream().map(all -> Arrays.copyOf(all, rows)).toList(),
        covariates.gather(like));
  }
}
