package org.regularizedvi.answers;

import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;

/**
 * Tells which share of a count is native: rho / (rho + s). Library size and scaling multiply both
 * parts alike, so they do not matter.
 *
 * <p>Given the rate of a count, each molecule is native with this probability, whatever the
 * overdispersion, which multiplies both parts as well: of x observed counts a Binomial(x, share)
 * are native (thinning of a Poisson, Kingman 1993, "Poisson Processes", 5.1).
 */
final class NativeShares implements AutoCloseable {
  private final int modality;
  private final CellDecoder decoder;
  private final CellBlocks blocks;

  NativeShares(Computation computation, int modality) {
    this.modality = modality;
    this.decoder = computation.decoder(modality);
    this.blocks = new CellBlocks(decoder);
  }

  /**
   * {@return the share of each stored count of the modality, in [0, 1]}
   *
   * @param zNK of the cells of the minibatch
   */
  float[] of(Minibatch minibatch, FloatMatrix zNK) {
    SparseRows counts = minibatch.counts().get(modality);
    return CellBlocks.joined(
        blocks.map(
            minibatch.size(),
            (from, to) -> {
              Covariates covariates = CellBlocks.covariates(minibatch, from, to);
              return shares(
                  counts.slice(from, to),
                  decoder.scale(zNK.rows(from, to), covariates).values(),
                  decoder.background(covariates).values());
            }));
  }

  private static float[] shares(SparseRows counts, float[] rho, float[] s) {
    float[] shares = new float[counts.nonzeros()];
    for (int n = 0; n < counts.rows(); n++) {
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        int at = n * counts.columns() + counts.indices()[i];
        float all = rho[at] + s[at];
        // Where both are too small for a float there is nothing to say, and the count stays.
        shares[i] = all > 0 ? rho[at] / all : 1;
      }
    }
    return shares;
  }

  @Override
  public void close() {
    blocks.close();
  }
}
