package org.regularizedvi.model.fused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.data.schema.Covariates;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.fused.PartTimes.Part;
import org.regularizedvi.model.net.Encoder;
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.Noise;
import org.regularizedvi.model.objective.Elbo;
import org.regularizedvi.model.objective.Objective;
import org.regularizedvi.model.step.Adam;
import org.regularizedvi.model.step.StepLosses;
import org.regularizedvi.model.step.TrainingStep;
import org.regularizedvi.model.torch.Tensors;

/**
 * The step without anything dense.
 *
 * <p>The head gives its gradients by hidden layer, library size and gene parameters; they enter one
 * backward call as root gradients beside the rest of the loss. The two wide weights never have a
 * gradient as a whole: whoever takes it, usually the optimiser, gets it tile by tile.
 */
public final class FusedStep implements TrainingStep {
  private final Network network;
  private final Objective objective;
  private final Workers workers;
  private final List<FusedModality> modalities = new ArrayList<>();
  private final Adam adam;
  private final Elbo training;
  private final Elbo evaluation;
  private Backward backward;

  /**
   * @param type of the products' operands; sums, the kernel and the stored weights are float32
   *     always
   */
  public FusedStep(
      Network network,
      Objective objective,
      OptimiserConfig optimiser,
      ElementType type,
      int threads) {
    this.network = network;
    this.objective = objective;
    this.workers = new Workers(threads);
    Set<String> tiled = new HashSet<>();
    for (Modality modality : network.modalities()) {
      FusedModality fused = FusedModality.whole(modality, type, true, workers);
      modalities.add(fused);
      tiled.addAll(fused.tiledNames());
    }
    this.adam = new Adam(network.parameters(), optimiser, tiled);
    modalities.forEach(fused -> fused.tails().forEach(adam::add));
    this.training =
        new Elbo(
            network,
            (modality, encoder, minibatch, oneHot, noise) ->
                backward.firstLayer(
                    fused(modality), encoder, minibatch.covariates(), oneHot, noise),
            (modality, hiddenNH, libraryN1, minibatch, noise) ->
                backward.head(fused(modality), hiddenNH, libraryN1, minibatch, noise.orElseThrow()),
            modality -> backward.squares(modality));
    this.evaluation = FusedElbo.of(network, modalities);
  }

  private FusedModality fused(Modality modality) {
    return modalities.get(modality.spec().index());
  }

  /**
   * What a pass leaves for the way back.
   *
   * @param taker gets the gradients of the wide weights
   * @param penalised the same with the penalty of the head's weight, one a modality that has one
   */
  private record Backward(
      TiledMatrix.Taker taker,
      Map<Modality, PenalisedTaker> penalised,
      List<Tensor> roots,
      List<Tensor> gradients,
      List<Runnable> firstLayers,
      Workers workers) {

    Tensor firstLayer(
        FusedModality fused,
        Encoder encoder,
        Covariates covariates,
        Tensor oneHot,
        Optional<Noise> noise) {
      long start = System.nanoTime();
      FusedModality.FirstSums first = fused.sums(encoder);
      workers.times().add(0, Part.FIRST_LAYER, start);
      firstLayers.add(
          () -> {
            long begin = System.nanoTime();
            first.layer().backward(fused.counts, first.sumsNH().grad(), taker, workers);
            workers.times().add(0, Part.FIRST_GRADIENT, begin);
          });
      return fused.complete(encoder, first, covariates, oneHot, noise);
    }

    Tensor head(
        FusedModality fused, Tensor hiddenNH, Tensor libraryN1, Minibatch minibatch, Noise noise) {
      long start = System.nanoTime();
      TiledMatrix.Taker headTaker =
          penalised.containsKey(fused.modality) ? penalised.get(fused.modality) : taker;
      FusedHead.Result result =
          fused
              .head()
              .gradients(
                  hiddenNH, Tensors.floats(libraryN1), minibatch, fused.counts, noise, headTaker);
      workers.times().add(0, Part.HEAD, start);
      root(hiddenNH, result.hiddenNH());
      if (libraryN1.requires_grad()) {
        root(libraryN1, Tensors.of(result.library(), minibatch.size(), 1));
      }
      result
          .genes()
          .forEach(
              (name, gradient) -> {
                Tensor parameter = fused.modality.parameters().get(name);
                root(parameter, Tensors.of(gradient, parameter.shape()));
              });
      return FusedElbo.negative(result.logLikelihood());
    }

    /**
     * The penalty's squares of the head's weight; without gradients, which the taker has added to.
     */
    Tensor squares(Modality modality) {
      return Tensor.create(new double[] {penalised.get(modality).squares()}, 1).squeeze();
    }

    private void root(Tensor tensor, Tensor gradient) {
      roots.add(tensor);
      gradients.add(gradient);
    }

    /**
     * Differentiates the rest of the loss and what hangs behind the roots, then the first layers.
     */
    void run(Tensor rest) {
      root(rest, torch.ones_like(rest));
      torch.backward(
          new TensorVector(roots.toArray(Tensor[]::new)),
          new TensorVector(gradients.toArray(Tensor[]::new)),
          new BoolOptional(false),
          false,
          new TensorVector());
      firstLayers.forEach(Runnable::run);
    }
  }

  @Override
  public StepLosses run(Minibatch minibatch, Noise noise, double klWeight) {
    AdamStep step = adam.next();
    long start = System.nanoTime();
    StepLosses losses = differentiate(minibatch, noise, klWeight, TiledMatrix.Taker.adam(step));
    adam.apply(step);
    workers.times().add(0, Part.STEP, start);
    workers.times().stepEnded();
    return losses;
  }

  /**
   * Computes all gradients: those of the wide weights go to the taker, the others are left at their
   * parameters.
   */
  public StepLosses differentiate(
      Minibatch minibatch, Noise noise, double klWeight, TiledMatrix.Taker taker) {
    try (PointerScope _ = new PointerScope()) {
      long start = System.nanoTime();
      modalities.forEach(fused -> fused.prepare(minibatch, Optional.of(noise)));
      workers.times().add(0, Part.COUNTS, start);
      backward =
          new Backward(
              taker,
              penalised(taker),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              workers);
      Elbo.Pass pass = training.pass(minibatch, noise, true);
      Tensor loss = objective.loss(pass.terms(), klWeight, training.globalTerms(noise));
      backward.run(loss);
      return StepLosses.of(loss, pass);
    }
  }

  private Map<Modality, PenalisedTaker> penalised(TiledMatrix.Taker taker) {
    Map<Modality, PenalisedTaker> takers = new HashMap<>();
    for (Modality modality : network.modalities()) {
      double l2 = modality.spec().config().penalties().decoderWeightL2();
      if (l2 > 0) {
        double factor = 2 * l2 / objective.trainingCells();
        takers.put(modality, new PenalisedTaker(taker, factor, modality.spec().features()));
      }
    }
    return takers;
  }

  /**
   * Cuts a minibatch into tiles and returns the pass without gradients at the weights as they are
   * now.
   */
  @Override
  public Elbo evaluation(Minibatch minibatch) {
    modalities.forEach(fused -> fused.prepare(minibatch, Optional.empty()));
    return evaluation;
  }

  @Override
  public void store() {
    modalities.forEach(FusedModality::store);
  }

  /** Where the time of the steps so far went. */
  public PartTimes times() {
    return workers.times();
  }

  @Override
  public void setLr(double lr) {
    adam.setLr(lr);
  }

  @Override
  public double lr() {
    return adam.lr();
  }

  @Override
  public void close() {
    modalities.forEach(FusedModality::close);
    adam.close();
    workers.close();
  }
}
