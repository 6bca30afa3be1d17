package org.regularizedvi.model.net;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.schema.Covariates;

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
}
