package org.regularizedvi.model;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.data.FloatMatrix;

/**
 * What the encoders say of cells.
 *
 * @param latent posterior means, cells x latent dimensions
 * @param modalities in the order of the model
 */
public record Embedding(FloatMatrix latent, List<OfModality> modalities) {
  public Embedding {
    modalities = List.copyOf(modalities);
  }

  /**
   * What one modality's own encoders say; NaN for cells that lack it.
   *
   * @param name empty in a model of a single modality
   * @param latent posterior means of its own part of z; empty where one encoder sees all
   * @param librarySize exp of the posterior mean of the log library size, one a cell
   * @param weight what it weighs in each cell's z; empty where nothing is weighed
   */
  public record OfModality(
      String name, Optional<FloatMatrix> latent, double[] librarySize, Optional<double[]> weight) {}

  /** The library sizes of the only, or the first, modality. */
  public double[] librarySize() {
    return modalities.getFirst().librarySize();
  }
}
