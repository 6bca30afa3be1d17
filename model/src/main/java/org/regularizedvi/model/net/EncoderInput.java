package org.regularizedvi.model.net;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.model.torch.Tensors;

/**
 * What an encoder sees of a minibatch, dropout on the input already applied: log1p of the counts,
 * only where they are not zero, and the continuous covariates. A dropped zero stays zero, so
 * nothing is lost by leaving zeros out.
 *
 * @param logCounts log1p(x) times its dropout factor
 * @param continuous N x covariates
 */
public record EncoderInput(SparseRows logCounts, Tensor continuous) {
  /** The dropout of an encoder's input in training, one draw a feature and continuous covariate. */
  public interface Thinning {
    /** Whether dropout acts on the input at all. */
    boolean drops();

    /** Entries whose draw is below it are dropped, the others grow by 1 / (1 - rate). */
    double rate();

    /** Features and continuous covariates. */
    int columns();

    /** Fills one cell's draws. */
    void uniforms(Noise noise, int cell, float[] draws);
  }

  /**
   * @param dropout present in training when the input is what dropout drops
   */
  static EncoderInput of(SparseRows counts, float[][] covariates, Optional<Dropout> dropout) {
    int cells = counts.rows();
    int genes = counts.columns();
    float[] values = new float[counts.nonzeros()];
    float[] continuous = new float[cells * covariates.length];
    float[] factors = new float[dropout.isPresent() ? genes + covariates.length : 0];
    for (int n = 0; n < cells; n++) {
      dropout.ifPresent(drop(n, factors));
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        float log = (float) Math.log1p(counts.values()[i]);
        values[i] = dropout.isPresent() ? log * factors[counts.indices()[i]] : log;
      }
      for (int c = 0; c < covariates.length; c++) {
        continuous[n * covariates.length + c] =
            covariates[c][n] * (dropout.isPresent() ? factors[genes + c] : 1);
      }
    }
    return new EncoderInput(
        new SparseRows(genes, counts.indptr(), counts.indices(), values),
        Tensors.of(continuous, cells, covariates.length));
  }

  private static java.util.function.Consumer<Dropout> drop(int cell, float[] factors) {
    return dropout -> dropout.rowFactors(0, cell, factors);
  }

  /** The same as one dense matrix: N x (G + covariates). */
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
