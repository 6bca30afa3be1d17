package org.regularizedvi.core.result;

import java.util.List;
import org.regularizedvi.cells.SparseLayer;

/**
 * Holds counts without their ambient part, of the modalities that have a background. They lie in
 * temporary files until this is closed.
 *
 * @param modalities the modalities that have a background, in the model's order
 */
public record Correction(List<OfModality> modalities) implements AutoCloseable {
  /** Keeps copies, which nobody can change. */
  public Correction {
    modalities = List.copyOf(modalities);
  }

  /**
   * Holds the corrected counts of one modality.
   *
   * @param name the name of the modality, empty in a model of one
   * @param counts a row for each cell, with the features in the order of the file; features that
   *     the model does not know have none
   * @param ambientFraction the expected share of each cell's counts that is ambient, NaN for a cell
   *     without counts
   * @param ambientCounts the expected number of ambient counts of each feature of the file over all
   *     cells, NaN for a feature that the model does not know
   */
  public record OfModality(
      String name, SparseLayer counts, double[] ambientFraction, double[] ambientCounts) {}

  @Override
  public void close() {
    modalities.forEach(own -> own.counts().close());
  }
}
