package org.regularizedvi.core.result;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NamedMatrix;

/**
 * Holds the posterior that the encoders give of cells.
 *
 * @param latent the posterior means, cells x latent dimensions; with latents side by side, a
 *     prediction in the slice of a modality that a cell lacks
 * @param modalities what each modality's own encoders say, in the model's order
 * @param unpredicted the number of cells whose latent holds, in the slice of a modality that they
 *     lack, what its encoder makes of no counts
 */
public record Embedding(FloatMatrix latent, List<OfModality> modalities, int unpredicted) {
  /** Keeps copies, which nobody can change. */
  public Embedding {
    modalities = List.copyOf(modalities);
  }

  /**
   * Holds the posterior that the encoders of one modality give; NaN for cells that lack it.
   *
   * @param name the name of the modality, empty in a model of one
   * @param latent the posterior means of its own part of z, cells x its dimensions; empty where one
   *     encoder sees all modalities
   * @param librarySize exp of the posterior mean of each cell's log library size
   * @param weight the weight of the modality in each cell's z; empty where nothing is weighed
   */
  public record OfModality(
      String name, Optional<FloatMatrix> latent, double[] librarySize, Optional<double[]> weight) {}

  /**
   * {@return a sentence that says what to know before these cells are clustered, if there is
   * anything to know}
   */
  public Optional<String> warning() {
    return unpredicted == 0
        ? Optional.empty()
        : Optional.of(
            "%d of %d cells lack a modality whose slice of the latent representation the model cannot predict, as it was imported, saved by an earlier version or trained on too few cells with every modality; the slice holds what the encoder says of no counts, and clusterings may put these cells apart."
                .formatted(unpredicted, latent.rows()));
  }

  /**
   * {@return the latent representation as a table: a row for each cell, with its name as {@code
   * obs_names} and the columns {@code latent_0} and on}
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

  /** {@return the library sizes of the first modality, which is the only one in most models} */
  public double[] librarySize() {
    return modalities.getFirst().librarySize();
  }
}
