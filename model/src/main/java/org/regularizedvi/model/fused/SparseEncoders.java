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
 */
public final class SparseEncoders implements AutoCloseable {
  private final Workers workers;
  private final FusedNetwork fused;

  /** For a network whose stored parameters do not change while this is used. */
  public SparseEncoders(Network network, int threads) {
    workers = new Workers(threads);
    fused = FusedNetwork.encodersOnly(network, workers);
  }

  /** Takes a minibatch; posteriors are of the last one taken. */
  public void prepare(Minibatch minibatch) {
    fused.prepare(minibatch, Optional.empty());
  }

  /** What one of the network's encoders says of the minibatch taken. */
  public NormalPosterior posterior(Encoder encoder, Minibatch minibatch) {
    Tensor oneHot = encoder.oneHot(minibatch.covariates());
    FusedEncoder first = fused.encoder(encoder);
    Tensor firstNH = first.complete(first.sums(), minibatch.covariates(), oneHot, Optional.empty());
    return encoder.posterior(firstNH, oneHot, Optional.empty());
  }

  @Override
  public void close() {
    fused.close();
    workers.close();
  }
}
