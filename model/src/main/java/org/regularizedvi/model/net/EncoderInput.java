package org.regularizedvi.model.net;

import java.util.Arrays;
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
  /**
   * @param dropout present when the input is what dropout drops
   * @param training present in training
   */
  static EncoderInput of(
      SparseRows counts,
      float[][] covariates,
      Optional<InputDropout> dropout,
      Optional<Noise> training) {
    int cells = counts.rows();
    float[] values = new float[counts.nonzeros()];
    float[] continuous = new float[cells * covariates.length];
    float[] entries = new float[counts.columns()];
    float[] columns = new float[covariates.length];
    boolean drops = dropout.isPresent() && training.isPresent();
    Arrays.fill(entries, 1);
    Arrays.fill(columns, 1);
    for (int n = 0; n < cells; n++) {
      int from = counts.indptr()[n];
      int count = counts.indptr()[n + 1] - from;
      if (drops) {
        InputDropout how = dropout.get();
        training.get().entryUniforms(how.entries(), n, counts.indices(), from, count, entries);
        how.factors(entries, count);
        training.get().uniforms(how.covariates(), n, columns);
        how.factors(columns, columns.length);
      }
      for (int i = 0; i < count; i++) {
        values[from + i] = (float) Math.log1p(counts.values()[from + i]) * entries[i];
      }
      for (int c = 0; c < columns.length; c++) {
        continuous[n * columns.length + c] = covariates[c][n] * columns[c];
      }
    }
    return new EncoderInput(
        new SparseRows(counts.columns(), counts.indptr(), counts.indices(), values),
        Tensors.of(continuous, cells, columns.length));
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
