package org.regularizedvi.core.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;

/**
 * The cells of one step.
 *
 * @param cells each row's cell in the data set
 * @param counts one matrix a modality, all with the same rows
 * @param totals total count of each cell, one array a modality
 */
public record Minibatch(
    int[] cells, List<SparseRows> counts, List<double[]> totals, Covariates covariates) {
  /** Adds the totals up. */
  public Minibatch(int[] cells, List<SparseRows> counts, Covariates covariates) {
    this(cells, counts, counts.stream().map(SparseRows::totals).toList(), covariates);
  }

  public int size() {
    return cells.length;
  }

  /**
   * Tells of each cell whether it has a modality: counts in it, or no other modality to be of.
   *
   * @param modality place among the modalities
   */
  public boolean[] present(int modality) {
    int[] starts = counts.get(modality).indptr();
    boolean[] present = new boolean[cells.length];
    for (int n = 0; n < present.length; n++) {
      present[n] = counts.size() == 1 || starts[n + 1] > starts[n];
    }
    return present;
  }

  /** The rows {@code from} to {@code to - 1} alone. */
  public Minibatch rows(int from, int to) {
    int[] rows = IntStream.range(from, to).toArray();
    return new Minibatch(
        Arrays.copyOfRange(cells, from, to),
        counts.stream().map(all -> all.slice(from, to)).toList(),
        totals.stream().map(all -> Arrays.copyOfRange(all, from, to)).toList(),
        covariates.gather(rows));
  }

  /**
   * This with cells without counts behind its own, like the last in all else, until there are so
   * many rows.
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
        covariates.gather(like));
  }
}
