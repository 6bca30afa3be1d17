package org.regularizedvi.answers;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.data.FeaturePlaces;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.engine.CellDecoder;
import org.regularizedvi.engine.Computation;

/**
 * Tells which share of a count is native: what is left of the rate rho + s when a cell has a times
 * the background, (rho + (1 - a) s) / (rho + s), at least none and at most all of it. With the
 * model's own background, a = 1, it is rho / (rho + s). Library size and scaling multiply both
 * parts alike, so they do not matter.
 *
 * <p>Given the rate of a count, each molecule is native with this probability, whatever the
 * overdispersion, which multiplies both parts as well: of x observed counts a Binomial(x, share)
 * are native (thinning of a Poisson, Kingman 1993, "Poisson Processes", 5.1).
 */
final class NativeShares implements AutoCloseable {
  private final int modality;
  private final FeaturePlaces places;
  private final AmbientAmount amount;
  private final CellDecoder decoder;
  private final CellBlocks blocks;

  NativeShares(Computation computation, int modality, FeaturePlaces places, AmbientAmount amount) {
    this.modality = modality;
    this.places = places;
    this.amount = amount;
    this.decoder = computation.decoder(modality);
    this.blocks = new CellBlocks(decoder);
  }

  /**
   * {@return the share of each stored count of the modality, in [0, 1]}
   *
   * @param means of the cells of the minibatch
   */
  float[] of(Minibatch minibatch, CellState means) {
    SparseRows counts = minibatch.counts().get(modality);
    return CellBlocks.joined(
        blocks.map(
            minibatch.size(),
            (from, to) -> {
              Covariates covariates = CellBlocks.covariates(minibatch, from, to);
              SparseRows some = counts.slice(from, to);
              CellState state = means.rows(from, to);
              float[] rho = decoder.scale(state.zNK(), covariates).values();
              float[] s = decoder.background(covariates).values();
              return shares(some, rho, s, backgrounds(some, state, covariates, rho, s));
            }));
  }

  /** {@return how many times the background each cell has} */
  private double[] backgrounds(
      SparseRows counts, CellState state, Covariates covariates, float[] rho, float[] s) {
    double[] times = new double[counts.rows()];
    if (amount == AmbientAmount.MODEL) {
      Arrays.fill(times, 1);
      return times;
    }
    float[] libraryN = state.librariesN().get(modality);
    CellBackground.Decoded decoded =
        new CellBackground.Decoded(
            rho,
            s,
            decoder.scaling(covariates).values(),
            decoder.dispersion(state.zNK(), libraryN, covariates).values());
    float[] exposureN = decoder.exposure(libraryN);
    CellBackground background = new CellBackground(places);
    for (int n = 0; n < times.length; n++) {
      boolean empty = counts.indptr()[n] == counts.indptr()[n + 1];
      times[n] = empty ? 1 : background.of(counts, n, decoded, exposureN[n]);
    }
    return times;
  }

  private static float[] shares(SparseRows counts, float[] rho, float[] s, double[] times) {
    float[] shares = new float[counts.nonzeros()];
    for (int n = 0; n < counts.rows(); n++) {
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        int at = n * counts.columns() + counts.indices()[i];
        shares[i] = share(rho[at], s[at], times[n]);
      }
    }
    return shares;
  }

  private static float share(float rho, float s, double times) {
    float all = rho + s;
    // Where both are too small for a float there is nothing to say, and the count stays.
    return all <= 0 ? 1 : (float) Math.clamp((rho + (1 - times) * s) / all, 0, 1);
  }

  @Override
  public void close() {
    blocks.close();
  }
}
