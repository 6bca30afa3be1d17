package org.regularizedvi.reference.inference;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.DecodedCells;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.LatentDivergence;
import org.regularizedvi.engine.Posteriors;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.objective.TotalsTable;
import org.regularizedvi.reference.torch.Inference;
import org.regularizedvi.reference.torch.SharedScope;
import org.regularizedvi.reference.torch.Tensors;

/** Holds a pass of a network over a minibatch, whose tensors live until it is closed. */
public final class NetworkPass implements EvaluationPass {
  private final Network network;
  private final Minibatch minibatch;
  private final SharedScope scope;
  private final Elbo.Pass pass;

  private NetworkPass(Network network, Minibatch minibatch, SharedScope scope, Elbo.Pass pass) {
    this.network = network;
    this.minibatch = minibatch;
    this.scope = scope;
    this.pass = pass;
  }

  /**
   * Passes over a minibatch.
   *
   * @param elbo the pass as it is computed
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of the pass
   * @return the pass, to be closed by the caller
   */
  public static NetworkPass of(Elbo elbo, Minibatch minibatch, Noise noise) {
    SharedScope scope = new SharedScope();
    AtomicReference<Elbo.Pass> pass = new AtomicReference<>();
    scope.run(
        () -> {
          try (NoGradGuard _ = new NoGradGuard()) {
            pass.set(elbo.pass(minibatch, noise, false));
          }
        });
    return new NetworkPass(elbo.network(), minibatch, scope, pass.get());
  }

  /**
   * {@return the expected counts of each modality in the states that such a pass draws}
   *
   * @param network the networks, at their stored parameters
   * @param minibatch the cells, with their counts and covariates
   * @param noise all draws of the pass
   */
  public static List<FloatMatrix> rates(Network network, Minibatch minibatch, Noise noise) {
    return Inference.run(
        () -> {
          Elbo.Encoded encoded = new Elbo(network).encode(minibatch, noise, false);
          return network.modalities().stream()
              .map(modality -> Tensors.matrix(rates(modality, encoded, minibatch).rateNG()))
              .toList();
        });
  }

  private static Rates rates(Modality modality, Elbo.Encoded encoded, Minibatch minibatch) {
    int index = modality.spec().index();
    return Rates.of(
        modality,
        encoded.hiddenNH().get(index),
        encoded.librariesN1().get(index),
        minibatch.covariates(),
        Optional.empty());
  }

  @Override
  public CellLoss sums() {
    return Inference.run(() -> pass.terms().sums());
  }

  @Override
  public double[] reconstructionOf() {
    return Inference.run(
        () ->
            pass.reconstructionN().stream().mapToDouble(own -> own.sum().item_double()).toArray());
  }

  @Override
  public double[] reconstructionN() {
    return Inference.run(() -> Tensors.doubles(pass.terms().of(CellTerm.RECONSTRUCTION)));
  }

  @Override
  public LatentDivergence latentDivergence() {
    return Inference.run(
        () ->
            new LatentDivergence(
                ofDimensions(pass.klZNK().stream().map(klNK -> klNK.sum(0))),
                ofDimensions(pass.klZNK().stream().map(klNK -> klNK.amax(new long[] {0}, false))),
                pass.activeDimsN().sum().item_double()));
  }

  private static double[] ofDimensions(Stream<Tensor> encoders) {
    return encoders.map(Tensors::doubles).flatMapToDouble(DoubleStream::of).toArray();
  }

  @Override
  public Posteriors posteriors() {
    return Inference.run(() -> pass.posteriors().numbers());
  }

  @Override
  public DecodedCells decoded(int modality) {
    Modality own = network.modalities().get(modality);
    AtomicReference<Optional<TotalsTable>> table = new AtomicReference<>(Optional.empty());
    if (own.spec().generative().useAdditiveBackground()) {
      scope.run(
          () -> {
            try (NoGradGuard _ = new NoGradGuard()) {
              table.set(Optional.of(TotalsTable.of(own)));
            }
          });
    }
    return new NetworkDecoded(
        own,
        minibatch,
        pass.hiddenNH().get(modality),
        pass.librariesN1().get(modality),
        table.get());
  }

  @Override
  public void close() {
    scope.close();
  }
}
