package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NamedMatrix;

/**
 * What the encoders say of cells.
 *
 * @param latent posterior means, cells x latent dimensions; of latents side by side, what is
 *     predicted in the slice of a modality that a cell lacks
 * @param modalities in the order of the model
 * @param unpredicted number of cells whose latent holds, in the slice of a modality that they lack,
 *     what its encoder says of no counts
 */
public record Embedding(FloatMatrix latent, List<OfModality> modalities, int unpredicted) {
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

  /** What to know before these cells are clustered, in a sentence. */
  public Optional<String> warning() {
    return unpredicted == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d cells lack a modality whose slice of the latent representation the model cannot predict, as it was imported, saved by an earlier version or trained on too few cells with every modality; the slice holds what the encoder says of no counts, and clusterings may put these cells apart."
                .formatted(unpredicted, latent.rows()));
  }

  /**
   * The latent representation as a table: a row for each cell, its name as {@code obs_names}, then
   * {@code latent_0} and on.
   *
   * @param obsNames the names of the cells
   */
  public NamedMatrix table(List<String> obsNames) {
    return new NamedMatrix(
        "obs_names",
        obsNames,
        IntStream.range(0, latent.columns()).mapToObj(i -> "latent_" + i).toList(),
        latent);
  }

  /** The library sizes of the only, or the first, modality. */
  public double[] librarySize() {
    return modalities.getFirst().librarySize();
  }
}
