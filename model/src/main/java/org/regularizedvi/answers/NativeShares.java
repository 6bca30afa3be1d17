package org.regularizedvi.answers;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.fused.Workers;
import org.regularizedvi.cpu.net.Modality;
import org.regularizedvi.cpu.objective.Rates;
import org.regularizedvi.cpu.torch.Tensors;

/**
 * Which share of a count is native? rho / (rho + s): library size and scaling multiply both parts
 * alike, so they do not matter.
 *
 * <p>Given the rate of a count, each molecule is native with this probability, whatever the
 * overdispersion, which multiplies both parts as well: of x observed counts a Binomial(x, share)
 * are native (thinning of a Poisson, Kingman 1993, "Poisson Processes", 5.1).
 */
final class NativeShares implements AutoCloseable {
  private static final int CELLS_AT_ONCE = 32;

  private final Modality modality;
  private final Workers workers;

  NativeShares(Modality modality, int threads) {
    this.modality = modality;
    this.workers = new Workers(threads);
  }

  /** The share of each stored count of the modality, in [0, 1]. */
  float[] of(Minibatch minibatch, Tensor zNK) {
    SparseRows counts = minibatch.counts().get(modality.spec().index());
    float[] shares = new float[counts.nonzeros()];
    workers.run(
        (minibatch.size() + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE,
        (_, task) -> {
          int from = task * CELLS_AT_ONCE;
          int to = Math.min(minibatch.size(), from + CELLS_AT_ONCE);
          try (PointerScope _ = new PointerScope();
              NoGradGuard _ = new NoGradGuard()) {
            Covariates some = minibatch.covariates().gather(IntStream.range(from, to).toArray());
            fill(counts, from, to, zNK.narrow(0, from, to - from), some, shares);
          }
        });
    return shares;
  }

  private void fill(
      SparseRows counts, int from, int to, Tensor zNK, Covariates covariates, float[] shares) {
    float[] rho = Tensors.floats(Rates.scale(modality, modality.decoderHidden(zNK, covariates)));
    float[] s = Tensors.floats(Rates.background(modality, covariates));
    for (int n = from; n < to; n++) {
      int row = (n - from) * counts.columns();
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        int at = row + counts.indices()[i];
        float all = rho[at] + s[at];
        // Where both are too small for a float there is nothing to say, and the count stays.
        shares[i] = all > 0 ? rho[at] / all : 1;
      }
    }
  }

  @Override
  public void close() {
    workers.close();
  }
}
