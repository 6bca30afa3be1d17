package org.regularizedvi.cells.view;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.SparseRows;

/**
 * Shows cells whose counts were left out of their file, of which only the totals are known. All of
 * a cell's counts in a modality stand in one column, so that totals are right, and cells that lack
 * the modality can be told from others; of features these counts say nothing.
 */
public final class CellsWithoutCounts implements View {
  private final CellSource all;
  private final Map<String, Totals> totals;

  /**
   * Holds the totals of a modality.
   *
   * @param counts the sum of each cell's counts, 0 where the cell lacks the modality
   * @param column where they stand
   */
  public record Totals(float[] counts, int column) {}

  /**
   * Shows cells.
   *
   * @param all the source, which closing this closes
   * @param totals of each modality, by its name
   */
  public CellsWithoutCounts(CellSource all, Map<String, Totals> totals) {
    this.all = all;
    this.totals = Map.copyOf(totals);
  }

  @Override
  public CellSource all() {
    return all;
  }

  @Override
  public InputChoices choices() {
    return all.choices();
  }

  @Override
  public Counts counts(String modality) {
    return CountsInMemory.of(rows(modality));
  }

  @Override
  public Optional<Counts> onDisk(String modality) {
    return Optional.empty();
  }

  @Override
  public CountReader countReader(String modality) {
    return CountReader.of(counts(modality));
  }

  private SparseRows rows(String modality) {
    Totals own = totals.get(modality);
    int[] indptr = new int[own.counts.length + 1];
    float[] values = new float[own.counts.length];
    for (int n = 0; n < own.counts.length; n++) {
      indptr[n + 1] = indptr[n];
      if (own.counts[n] > 0) {
        values[indptr[n + 1]++] = own.counts[n];
      }
    }
    int stored = indptr[own.counts.length];
    int[] indices = new int[stored];
    Arrays.fill(indices, own.column);
    int columns = all.features(modality).varNames().size();
    return new SparseRows(columns, indptr, indices, Arrays.copyOf(values, stored));
  }
}
