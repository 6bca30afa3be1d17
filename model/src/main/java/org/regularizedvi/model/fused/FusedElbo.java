package org.regularizedvi.model.fused;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.objective.Elbo;
import org.regularizedvi.model.torch.Tensors;

/**
 * The evidence lower bound without gradients, computed from the nonzeros and in tiles: for
 * evaluation and validation.
 */
public final class FusedElbo implements AutoCloseable {
  private final Workers workers;
  private final List<FusedModality> modalities = new ArrayList<>();
  private final Elbo elbo;

  /** For a network whose stored parameters do not change while this is used. */
  public FusedElbo(Network network, int threads) {
    workers = new Workers(threads);
    for (Modality modality : network.modalities()) {
      modalities.add(FusedModality.whole(modality, ElementType.FLOAT32, false, workers));
    }
    elbo = of(network, modalities);
  }

  /** The two ends of the pass that are fused; {@link #prepare} comes first. */
  static Elbo of(Network network, List<FusedModality> modalities) {
    return new Elbo(
        network,
        (modality, encoder, minibatch, oneHot, training) -> {
          FusedModality fused = modalities.get(modality.spec().index());
          return fused.complete(
              encoder, fused.sums(encoder), minibatch.covariates(), oneHot, training);
        },
        (modality, hiddenNH, libraryN1, minibatch, _) -> {
          FusedModality fused = modalities.get(modality.spec().index());
          double[] logLikelihood =
              fused.head().value(hiddenNH, Tensors.floats(libraryN1), minibatch, fused.counts);
          return negative(logLikelihood);
        },
        Elbo.HeadSquares.composed());
  }

  static Tensor negative(double[] logLikelihood) {
    double[] negative = new double[logLikelihood.length];
    for (int n = 0; n < negative.length; n++) {
      negative[n] = -logLikelihood[n];
    }
    return Tensor.create(negative, negative.length);
  }

  /** Cuts a minibatch into tiles and returns the pass over it. */
  public Elbo prepare(Minibatch minibatch) {
    modalities.forEach(fused -> fused.prepare(minibatch, Optional.empty()));
    return elbo;
  }

  @Override
  public void close() {
    modalities.forEach(FusedModality::close);
    workers.close();
  }
}
