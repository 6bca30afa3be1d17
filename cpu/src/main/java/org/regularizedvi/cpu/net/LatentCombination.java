package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.data.Presence;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Joins the parts of z, a draw or a mean from each encoder, to the z that all decoders get, and
 * hands the gradient by it back to the parts.
 *
 * <p>Parts are written to where {@link #parts} says, joined, and found at {@link #joint}; gradients
 * are written to {@link #jointGradient}, handed back, and found at {@link #partGradients}. Methods
 * that take rows may run for different rows at once, and what they do with a row depends on that
 * row alone.
 */
public sealed interface LatentCombination permits SideBySide, WeightedMean {
  /**
   * Makes the combination of a model.
   *
   * @param spec the model
   * @param parameters of the model
   * @param gradients of those parameters that move; none outside training
   * @param products multiplies
   * @return the combination, with room for no cells
   */
  static LatentCombination of(
      NetworkSpec spec, Parameters parameters, Gradients gradients, Products products) {
    int modalities = spec.modalities().size();
    return switch (spec.latent().mode()) {
      case CONCATENATION ->
          new SideBySide(
              spec.modalities().stream().mapToInt(own -> own.network().nLatent()).toArray(),
              gradients.any());
      case SINGLE_ENCODER -> new SideBySide(new int[] {spec.jointLatent()}, gradients.any());
      case WEIGHTED_MEAN ->
          new WeightedMean(
              modalities,
              spec.jointLatent(),
              WeightLogits.of(spec, parameters, gradients, products),
              gradients.any());
    };
  }

  /**
   * Makes room for a minibatch.
   *
   * @param arena owns the memory
   * @param rows number of cells N
   */
  void reserve(Arena arena, int rows);

  /** {@return where the encoders' draws or means are to be written, in their order} */
  List<Matrix> parts();

  /** {@return the z that all decoders get: N x K} */
  Matrix joint();

  /** {@return where the gradient of the loss by the joint z is to be written: N x K} */
  Matrix jointGradient();

  /** {@return the gradients of the loss by the parts, in the order of the encoders} */
  List<Matrix> partGradients();

  /**
   * Computes the joint z of some cells from their parts.
   *
   * @param presence which cells have which modality
   * @param from the first row
   * @param to the row after the last
   */
  void join(Presence presence, int from, int to);

  /**
   * Computes the gradients by the parts of some cells from that by their joint z.
   *
   * @param from the first row
   * @param to the row after the last
   */
  void split(int from, int to);

  /**
   * Overwrites the gradients by the parameters of the combination, when the gradients of all cells
   * have been split; there may be none.
   *
   * @param rows number of cells
   */
  void differentiateParameters(int rows);

  /**
   * {@return the weight of each modality in a cell's z as it was joined last, N x M with rows that
   * sum to 1; empty where nothing is weighed}
   */
  Optional<Matrix> weights();
}
