package org.regularizedvi.core.result;

import java.util.List;
import org.regularizedvi.cells.SparseLayer;

/**
 * Counts without their ambient part, of the modalities that have a background. It keeps them in
 * temporary files until closed.
 */
public record Correction(List<OfModality> modalities) implements AutoCloseable {
  public Correction {
    modalities = List.copyOf(modalities);
  }

  /**
   * One modality.
   *
   * @param counts a row for each cell, features as they stand in the file; those that the model
   *     does not know have none
   * @param ambientFraction the expected share of each cell's counts that is ambient, NaN for a cell
   *     without counts
   * @param ambientCounts the expected number of ambient counts of each feature of the file over all
   *     cells, NaN for one that the model does not know
   */
  public record OfModality(
      String name, SparseLayer counts, double[] ambientFraction, double[] ambientCounts) {}

  @Override
  public void close() {
    modalities.forEach(own -> own.counts().close());
  }
}
