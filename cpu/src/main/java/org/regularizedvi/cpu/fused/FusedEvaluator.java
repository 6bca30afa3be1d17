package org.regularizedvi.cpu.fused;

import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.reference.inference.NetworkPass;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.torch.Tensors;

/** Computes passes without gradients from the nonzeros and in tiles. */
public final class FusedEvaluator implements Evaluator {
  private final Network network;
  private final Workers workers;
  private final FusedNetwork fused;
  private final Elbo elbo;

  /** The minibatch whose counts are in tiles. */
  private Optional<Minibatch> tiled = Optional.empty();

  /**
   * Makes an evaluator of a network whose stored parameters do not change while it is used.
   *
   * @param network the networks, which stay the caller's
   * @param threads to compute with, at least 1; no result depends on it
   */
  public FusedEvaluator(Network network, int threads) {
    this.network = network;
    workers = new Workers(threads);
    fused = FusedNetwork.whole(network, ElementType.FLOAT32, false, workers);
    elbo = of(network, fused);
  }

  /**
   * {@return the pass with its two ends fused, over the minibatch that the network was prepared
   * with}
   */
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

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    if (tiled.isEmpty() || tiled.get() != minibatch) {
      fused.prepare(minibatch, Optional.empty());
      tiled = Optional.of(minibatch);
    }
    return NetworkPass.of(elbo, minibatch, noise);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return NetworkPass.rates(network, minibatch, noise);
  }

  @Override
  public void close() {
    fused.close();
    workers.close();
  }
}
