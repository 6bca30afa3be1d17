package org.regularizedvi.reference.net;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Holds what an encoder sees of a minibatch, dropout on the input already applied: log1p of the
 * counts, only where they are not zero, and the continuous covariates. A dropped zero stays zero,
 * so nothing is lost by leaving zeros out.
 *
 * @param logCounts log1p(x) times its dropout factor
 * @param continuous N x covariates
 */
public record EncoderInput(SparseRows logCounts, Tensor continuous) {
  /**
   * {@return the input of an encoder}
   *
   * @param dropout present when the input is what dropout drops
   * @param training the step's noise, present in training alone
   */
  static EncoderInput of(
      SparseRows counts,
      float[][] covariates,
      Optional<InputDropout> dropout,
      Optional<Noise> training) {
    float[] values = new float[counts.nonzeros()];
    float[] factors = new float[counts.columns()];
    Arrays.fill(factors, 1);
    for (int n = 0; n < counts.rows(); n++) {
      int from = counts.indptr()[n];
      int count = counts.indptr()[n + 1] - from;
      if (dropout.isPresent() && training.isPresent()) {
        training
            .get()
            .entryUniforms(
                dropout.get().entries(), n, counts.indices(), from, from, count, factors);
        dropout.get().factors(factors, count);
      }
      for (int i = 0; i < count; i++) {
        values[from + i] = (float) Math.log1p(counts.values()[from + i]) * factors[i];
      }
    }
    return new EncoderInput(
        new SparseRows(counts.columns(), counts.indptr(), counts.indices(), values),
        continuous(counts.rows(), covariates, dropout, training));
  }

  /** {@return the continuous covariates alone: cells x covariates} */
  static Tensor continuous(
      int cells, float[][] covariates, Optional<InputDropout> dropout, Optional<Noise> training) {
    float[] values = new float[cells * covariates.length];
    float[] factors = new float[covariates.length];
    Arrays.fill(factors, 1);
    for (int n = 0; n < cells; n++) {
      if (dropout.isPresent() && training.isPresent()) {
        training.get().uniforms(dropout.get().covariates(), n, factors);
        dropout.get().factors(factors, factors.length);
      }
      for (int c = 0; c < covariates.length; c++) {
        values[n * covariates.length + c] = covariates[c][n] * factors[c];
      }
    }
    return Tensors.of(values, cells, covariates.length);
  }

  /** {@return the input as one dense matrix: N x (G + covariates)} */
  Tensor dense() {
    int columns = logCounts.columns();
    float[] values = new float[logCounts.rows() * columns];
    for (int n = 0; n < logCounts.rows(); n++) {
      for (int i = logCounts.indptr()[n]; i < logCounts.indptr()[n + 1]; i++) {
        values[n * columns + logCounts.indices()[i]] = logCounts.values()[i];
      }
    }
    Tensor counts = Tensors.of(values, logCounts.rows(), columns);
    return continuous.size(1) == 0 ? counts : torch.cat(new TensorVector(counts, continuous), 1);
  }
}
