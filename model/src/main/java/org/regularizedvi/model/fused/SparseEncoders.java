package org.regularizedvi.model.fused;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.model.net.Encoder;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.NormalPosterior;

/**
 * The encoders of a network outside training, their first layers over the nonzeros: no decoder, no
 * likelihood.
 *
 * <p>A cell's posterior has the same bits whichever cells stand beside it, up to {@value #ROWS}:
 * libtorch multiplies few rows in another order than many, so it always gets that many.
 */
public final class SparseEncoders implements AutoCloseable {
  private static final int ROWS = 1024;

  private final Workers workers;
  private final FusedNetwork fused;
  private Minibatch padded;

  /** For a network whose stored parameters do not change while this is used. */
  public SparseEncoders(Network network, int threads) {
    workers = new Workers(threads);
    fused = FusedNetwork.encodersOnly(network, workers);
  }

  /** Takes a minibatch; posteriors are of the last one taken. */
  public void prepare(Minibatch minibatch) {
    padded = minibatch.padded(ROWS);
    fused.prepare(padded, Optional.empty());
  }

  /** What one of the network's encoders says of the minibatch taken. */
  public NormalPosterior posterior(Encoder encoder, Minibatch minibatch) {
    Tensor oneHot = encoder.oneHot(padded.covariates());
    FusedEncoder first = fused.encoder(encoder);
    Tensor firstNH =
        first.complete(first.sums(), first.rest(), padded.covariates(), oneHot, Optional.empty());
    NormalPosterior all = encoder.posterior(firstNH, oneHot, Optional.empty());
    return new NormalPosterior(
        all.mean().narrow(0, 0, minibatch.size()), all.variance().narrow(0, 0, minibatch.size()));
  }

  @Override
  public void close() {
    fused.close();
    workers.close();
  }
}
