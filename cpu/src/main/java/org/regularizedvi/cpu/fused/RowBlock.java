package org.regularizedvi.cpu.fused;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.reference.net.Encoder;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.CellValues;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.Objective;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes what lies between the fused ends, for one block of a minibatch's rows: first {@link
 * #encode}, then, when the heads have been run over all rows, {@link #differentiate}, maybe on
 * another thread.
 *
 * <p>Libtorch differentiates on the thread that asks, so a block has a graph and gradients of its
 * own, over parameters whose memory it shares with all others.
 */
final class RowBlock implements AutoCloseable {
  private final Network network;
  private final FusedNetwork fused;
  private final Objective objective;
  private final Map<String, FusedEncoder.Rest> rests = new HashMap<>();
  private final Elbo elbo;

  // of the step under way
  private StepCall call;
  private RowRange range;
  private Minibatch rows;
  private final Map<String, List<Tensor>> sums = new HashMap<>();
  private Elbo.Encoded encoded;
  private final List<Tensor> exposuresN1 = new ArrayList<>();

  /** Makes a block of a network whose wide parts are fused elsewhere. */
  RowBlock(Network whole, FusedNetwork fused, Objective objective) {
    this.network = whole.alias();
    this.fused = fused;
    this.objective = objective;
    for (FusedEncoder encoder : fused.encoders()) {
      Tensor bias = network.parameters().get(encoder.biasName());
      List<Tensor> tails =
          encoder.rest().tails().stream()
              .map(tail -> Tensors.keep(tail.detach().requires_grad_(true)))
              .toList();
      rests.put(encoder.name(), new FusedEncoder.Rest(bias, tails));
    }
    this.elbo =
        new Elbo(
            network, this::firstLayer, Elbo.Likelihood.composed(), Elbo.HeadSquares.composed());
  }

  private Tensor firstLayer(
      Encoder encoder, Minibatch minibatch, Tensor oneHot, Optional<Noise> training) {
    String name = encoder.firstWeight();
    List<Tensor> leaves =
        call.sums().get(name).stream()
            .map(all -> range.of(all).detach().requires_grad_(true))
            .toList();
    sums.put(name, leaves);
    return fused
        .encoder(encoder)
        .complete(leaves, rests.get(name), minibatch.covariates(), oneHot, training);
  }

  /** Encodes and decodes its rows, up to the decoders' last hidden layers. */
  void encode(StepCall step, RowRange rowRange) {
    call = step;
    range = rowRange;
    rows = call.minibatch().rows(range.from(), range.to());
    encoded = elbo.encode(rows, call.noise().rows(range.from(), range.to()), true);
    exposuresN1.clear();
    for (Modality modality : network.modalities()) {
      exposuresN1.add(modality.exposure(encoded.librariesN1().get(modality.spec().index())));
    }
  }

  /** {@return a decoder's last hidden layer, without its graph} */
  Tensor hiddenNH(int modality) {
    return encoded.hiddenNH().get(modality).detach();
  }

  /** {@return a modality's log exposure, without its graph} */
  Tensor exposureN1(int modality) {
    return exposuresN1.get(modality).detach();
  }

  /**
   * Differentiates its share of the loss; gradients are left at its own tensors, and those of the
   * sums over nonzeros where the step wants them.
   *
   * <p>It goes in two parts, each over a graph that one thread has made: libtorch adds gradients up
   * in an order that it counts for each thread by itself.
   *
   * @param heads what each modality's head said of all rows
   * @return what the pass said of its cells
   */
  CellValues differentiate(List<FusedHead.Result> heads) {
    Elbo.Encoded leaves = encoded.leaves();
    Elbo.Pass pass = elbo.compared(leaves, rows, negativeLogs(heads));
    Roots terms = new Roots();
    terms.addLoss(objective.ofCells(pass.terms(), call.klWeight(), call.cells()));
    terms.differentiate();
    Roots roots = new Roots();
    List<Tensor> between = encoded.all();
    for (int t = 0; t < between.size(); t++) {
      Tensor gradient = leaves.all().get(t).grad();
      if (gradient.defined()) {
        roots.add(between.get(t), gradient);
      }
    }
    for (int m = 0; m < heads.size(); m++) {
      roots.add(encoded.hiddenNH().get(m), range.of(heads.get(m).hiddenNH()));
      float[] library = Arrays.copyOfRange(heads.get(m).library(), range.from(), range.to());
      roots.add(exposuresN1.get(m), Tensors.of(library, range.size(), 1));
    }
    roots.differentiate();
    sums.forEach(
        (name, own) -> {
          for (int p = 0; p < own.size(); p++) {
            range.of(call.sumGradients().get(name).get(p)).copy_(own.get(p).grad());
          }
        });
    return pass.values();
  }

  private List<Tensor> negativeLogs(List<FusedHead.Result> heads) {
    return heads.stream()
        .map(head -> Arrays.copyOfRange(head.logLikelihood(), range.from(), range.to()))
        .map(FusedEvaluator::negative)
        .toList();
  }

  /**
   * {@return the gradient by a parameter that the last call left here, which is then forgotten;
   * empty where there is none}
   */
  Optional<Tensor> takeGradient(String parameter) {
    return take(network.parameters().get(parameter));
  }

  /**
   * {@return the gradient by a tail of an encoder's first weight that the last call left here,
   * which is then forgotten}
   */
  Optional<Tensor> takeTailGradient(String encoder, int part) {
    return take(rests.get(encoder).tails().get(part));
  }

  private static Optional<Tensor> take(Tensor leaf) {
    Tensor gradient = leaf.grad();
    if (!gradient.defined()) {
      return Optional.empty();
    }
    Tensor taken = new Tensor(gradient); // what grad() gives is the leaf's own handle
    leaf.mutable_grad().reset();
    return Optional.of(taken);
  }

  @Override
  public void close() {
    rests.values().forEach(rest -> rest.tails().forEach(Tensor::close));
    network.close();
  }
}
