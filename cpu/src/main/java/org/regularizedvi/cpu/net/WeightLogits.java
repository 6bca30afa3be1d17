package org.regularizedvi.cpu.net;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.LatentSharing;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.step.Gradients;

/**
 * Gives the logits of the modalities' weights in a cell's z:
 *
 * <pre>
 *   equal  a_m = 0      universal  a_m = b_m      cell  a = b + sum_m W_m z_m
 * </pre>
 *
 * <p>with one learned b_m per modality, and W_m the columns of the learned map that belong to part
 * z_m.
 */
final class WeightLogits {
  /** A vector of M that all cells share; empty when all weights are equal. */
  private final Optional<Tensor> bias;

  /** M x MK, for logits of a cell's own; empty when all cells share them. */
  private final Optional<Tensor> weight;

  private final int modalities;
  private final int dimensions;
  private final Products products;

  /** Holds a parameter and the gradient by it, where it moves. */
  private record Tensor(MemorySegment values, Optional<MemorySegment> gradient) {
    static Tensor of(String name, Parameters parameters, Gradients gradients) {
      return new Tensor(parameters.memory(name), gradients.find(name));
    }
  }

  private WeightLogits(
      NetworkSpec spec, Optional<Tensor> bias, Optional<Tensor> weight, Products products) {
    this.bias = bias;
    this.weight = weight;
    this.modalities = spec.modalities().size();
    this.dimensions = spec.jointLatent();
    this.products = products;
  }

  /** {@return the logits of a model whose z is a weighted mean} */
  static WeightLogits of(
      NetworkSpec spec, Parameters parameters, Gradients gradients, Products products) {
    Optional<Tensor> none = Optional.empty();
    String net = LatentSharing.WEIGHT_NET;
    return switch (spec.latent().weights()) {
      case EQUAL -> new WeightLogits(spec, none, none, products);
      case UNIVERSAL ->
          new WeightLogits(
              spec,
              Optional.of(Tensor.of(LatentSharing.WEIGHTS, parameters, gradients)),
              none,
              products);
      case CELL ->
          new WeightLogits(
              spec,
              Optional.of(Tensor.of(net + ".bias", parameters, gradients)),
              Optional.of(Tensor.of(net + ".weight", parameters, gradients)),
              products);
    };
  }

  /** {@return the columns of an M x MK matrix that belong to a part} */
  private Matrix of(MemorySegment memory, int part) {
    return Matrix.over(memory, modalities, modalities * dimensions)
        .columns(part * dimensions, dimensions);
  }

  /** Computes the logits of the rows {@code [from, to)}. */
  void forward(List<Matrix> partsNK, int from, int to, Matrix logitsNM) {
    float[] shared = new float[modalities];
    bias.ifPresent(own -> Matrix.over(own.values(), 1, modalities).copyRow(0, shared));
    for (int n = from; n < to; n++) {
      logitsNM.setRow(n, shared);
    }
    if (weight.isPresent()) {
      for (int m = 0; m < modalities; m++) {
        Matrix own = of(weight.get().values(), m);
        products.timesTransposed(partsNK.get(m).rows(from, to), own, 1, logitsNM.rows(from, to));
      }
    }
  }

  /** Adds what comes through the logits to the gradients by the parts. */
  void backward(Matrix gradientNM, int from, int to, List<Matrix> partGradientsNK) {
    if (weight.isPresent()) {
      for (int m = 0; m < modalities; m++) {
        Matrix own = of(weight.get().values(), m);
        Matrix part = partGradientsNK.get(m).rows(from, to);
        products.times(gradientNM.rows(from, to), own, 1, part);
      }
    }
  }

  /** Overwrites the gradients by the parameters with those of all cells. */
  void differentiateParameters(Matrix gradientNM, List<Matrix> partsNK, int rows) {
    bias.flatMap(Tensor::gradient).ifPresent(sums -> sum(gradientNM, rows, sums));
    weight
        .flatMap(Tensor::gradient)
        .ifPresent(
            all -> {
              for (int m = 0; m < modalities; m++) {
                Matrix own = of(all, m);
                products.transposedTimes(
                    gradientNM.rows(0, rows), partsNK.get(m).rows(0, rows), 0, own);
              }
            });
  }

  /** Overwrites the sums by those of each column, in the order of rows. */
  private void sum(Matrix gradientNM, int rows, MemorySegment sums) {
    for (int m = 0; m < modalities; m++) {
      double sum = 0;
      for (int n = 0; n < rows; n++) {
        sum += gradientNM.get(n, m);
      }
      Matrix.over(sums, 1, modalities).set(0, m, (float) sum);
    }
  }
}
