package org.regularizedvi.model.fused;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.model.net.Encoder;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.NormalPosterior;

/**
 * The encoders of one modality outside training, their first layers over the nonzeros: no decoder,
 * no likelihood.
 */
public final class SparseEncoders implements AutoCloseable {
  private final Workers workers;
  private final FusedModality fused;

  /** For a modality whose stored parameters do not change while this is used. */
  public SparseEncoders(Modality modality, int threads) {
    workers = new Workers(threads);
    fused = FusedModality.encodersOnly(modality, workers);
  }

  /** Takes a minibatch; both posteriors are of the last one taken. */
  public void prepare(Minibatch minibatch) {
    fused.prepare(minibatch, Optional.empty());
  }

  public NormalPosterior latent(Minibatch minibatch) {
    return posterior(fused.modality.latentEncoder(), minibatch);
  }

  public NormalPosterior library(Minibatch minibatch) {
    return posterior(fused.modality.libraryEncoder(), minibatch);
  }

  private NormalPosterior posterior(Encoder encoder, Minibatch minibatch) {
    Tensor oneHot = fused.modality.encoderOneHot(minibatch.covariates());
    Tensor firstNH =
        fused.complete(
            encoder, fused.sums(encoder), minibatch.covariates(), oneHot, Optional.empty());
    return encoder.posterior(firstNH, oneHot, Optional.empty());
  }

  @Override
  public void close() {
    fused.close();
    workers.close();
  }
}
