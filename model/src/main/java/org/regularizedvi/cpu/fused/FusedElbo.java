package org.regularizedvi.cpu.fused;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.objective.Elbo;
import org.regularizedvi.cpu.torch.Tensors;
import org.regularizedvi.kernel.ElementType;

/**
 * The evidence lower bound without gradients, computed from the nonzeros and in tiles: for
 * evaluation and validation.
 */
public final class FusedElbo implements AutoCloseable {
  private final Workers workers;
  private final FusedNetwork fused;
  private final Elbo elbo;

  /** For a network whose stored parameters do not change while this is used. */
  public FusedElbo(Network network, int threads) {
    workers = new Workers(threads);
    fused = FusedNetwork.whole(network, ElementType.FLOAT32, false, workers);
    elbo = of(network, fused);
  }

  /** The two ends of the pass that are fused; {@link #prepare} comes first. */
  static Elbo of(Network network, FusedNetwork fused) {
    return new Elbo(
        network,
        (encoder, minibatch, oneHot, training) -> {
          FusedEncoder first = fused.encoder(encoder);
          return first.complete(
              first.sums(), first.rest(), minibatch.covariates(), oneHot, training);
        },
        (modality, hiddenNH, libraryN1, minibatch, _) -> {
          float[] exposure = Tensors.floats(modality.exposure(libraryN1));
          double[] logLikelihood =
              fused.head(modality).value(hiddenNH, exposure, minibatch, fused.counts(modality));
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
    fused.prepare(minibatch, Optional.empty());
    return elbo;
  }

  @Override
  public void close() {
    fused.close();
    workers.close();
  }
}
