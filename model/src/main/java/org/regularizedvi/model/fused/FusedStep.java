package org.regularizedvi.model.fused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.regularizedvi.model.net.Minibatch;
import org.regularizedvi.model.net.Modality;
import org.regularizedvi.model.net.Network;
import org.regularizedvi.model.net.Noise;
import org.regularizedvi.model.net.ParameterSpec;
import org.regularizedvi.model.net.ParameterSpec.Role;
import org.regularizedvi.model.net.Parameters;
import org.regularizedvi.model.objective.Elbo;
import org.regularizedvi.model.objective.GlobalTerms;
import org.regularizedvi.model.objective.Objective;
import org.regularizedvi.model.step.Adam;
import org.regularizedvi.model.step.GradientWatch;
import org.regularizedvi.model.step.OptimiserState;
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
  private final FusedNetwork fused;
  private final Adam adam;

  /** The wide weights that follow their gradients, none of them in part. */
  private final Set<String> moving;

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
    this.fused = FusedNetwork.whole(network, type, true, workers);
    this.adam = new Adam(network.parameters(), optimiser, Set.copyOf(fused.tiledNames()));
    for (FusedEncoder encoder : fused.encoders()) {
      ParameterSpec spec = network.parameters().spec(encoder.name());
      if (spec.role() == Role.TRAINED) {
        encoder.addTails(spec, adam);
      }
    }
    this.moving = moving(network.parameters(), fused.tiledNames());
    fused
        .tiled()
        .forEach((name, matrix) -> adam.addElsewhere(name, matrix.first(), matrix.second()));
    this.training =
        new Elbo(
            network,
            (encoder, minibatch, oneHot, noise) ->
                backward.firstLayer(fused.encoder(encoder), minibatch.covariates(), oneHot, noise),
            (modality, hiddenNH, libraryN1, minibatch, noise) ->
                backward.head(modality, hiddenNH, libraryN1, minibatch, noise.orElseThrow()),
            modality -> backward.squares(modality));
    this.evaluation = FusedElbo.of(network, fused);
  }

  private static Set<String> moving(Parameters parameters, List<String> wide) {
    return wide.stream()
        .map(parameters::spec)
        .filter(ParameterSpec::movesWhole)
        .map(ParameterSpec::name)
        .collect(Collectors.toSet());
  }

  /** Updates the wide weights that follow their gradients. */
  private TiledMatrix.Taker taker(AdamStep step) {
    TiledMatrix.Taker all = TiledMatrix.Taker.adam(step);
    return (matrix, firstRow, rows, gradient) -> {
      if (moving.contains(matrix.name())) {
        all.take(matrix, firstRow, rows, gradient);
      }
    };
  }

  /**
   * What a pass leaves for the way back.
   *
   * @param taker gets the gradients of the wide weights
   * @param penalised the same with the penalty of the head's weight, one a modality that has one
   */
  private record Backward(
      FusedNetwork fused,
      TiledMatrix.Taker taker,
      Map<Modality, PenalisedTaker> penalised,
      List<Tensor> roots,
      List<Tensor> gradients,
      List<Runnable> firstLayers,
      Workers workers) {

    Tensor firstLayer(
        FusedEncoder encoder, Covariates covariates, Tensor oneHot, Optional<Noise> noise) {
      long start = System.nanoTime();
      List<Tensor> sumsNH = encoder.sums();
      workers.times().add(0, Part.FIRST_LAYER, start);
      firstLayers.add(
          () -> {
            long begin = System.nanoTime();
            encoder.backward(sumsNH, taker);
            workers.times().add(0, Part.FIRST_GRADIENT, begin);
          });
      return encoder.complete(sumsNH, covariates, oneHot, noise);
    }

    Tensor head(
        Modality modality, Tensor hiddenNH, Tensor libraryN1, Minibatch minibatch, Noise noise) {
      long start = System.nanoTime();
      TiledMatrix.Taker headTaker =
          penalised.containsKey(modality) ? penalised.get(modality) : taker;
      Tensor exposureN1 = modality.exposure(libraryN1);
      FusedHead.Result result =
          fused
              .head(modality)
              .gradients(
                  hiddenNH,
                  Tensors.floats(exposureN1),
                  minibatch,
                  fused.counts(modality),
                  noise,
                  headTaker);
      workers.times().add(0, Part.HEAD, start);
      root(hiddenNH, result.hiddenNH());
      root(exposureN1, Tensors.of(result.library(), minibatch.size(), 1));
      result
          .genes()
          .forEach(
              (name, gradient) -> {
                Tensor parameter = modality.parameters().get(name);
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

    /** Begins at a tensor, unless nothing behind it moves. */
    private void root(Tensor tensor, Tensor gradient) {
      if (tensor.requires_grad()) {
        roots.add(tensor);
        gradients.add(gradient);
      }
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
    GradientWatch watch = new GradientWatch();
    StepLosses losses = differentiate(minibatch, noise, klWeight, taker(step).seenBy(watch));
    adam.apply(step, watch);
    workers.times().add(0, Part.STEP, start);
    workers.times().stepEnded();
    return losses.with(watch);
  }

  /**
   * Computes all gradients: those of the wide weights go to the taker, the others are left at their
   * parameters.
   */
  public StepLosses differentiate(
      Minibatch minibatch, Noise noise, double klWeight, TiledMatrix.Taker taker) {
    try (PointerScope _ = new PointerScope()) {
      long start = System.nanoTime();
      fused.prepare(minibatch, Optional.of(noise));
      workers.times().add(0, Part.COUNTS, start);
      backward =
          new Backward(
              fused,
              taker,
              penalised(taker),
              new ArrayList<>(),
              new ArrayList<>(),
              new ArrayList<>(),
              workers);
      Elbo.Pass pass = training.pass(minibatch, noise, true);
      GlobalTerms global = training.globalTerms(noise);
      Tensor loss = objective.loss(pass.terms(), klWeight, global);
      backward.run(loss);
      return StepLosses.of(loss, pass, global, new GradientWatch());
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
    fused.prepare(minibatch, Optional.empty());
    return evaluation;
  }

  @Override
  public void store() {
    fused.store();
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
  public OptimiserState optimiser() {
    return adam;
  }

  @Override
  public void close() {
    fused.close();
    adam.close();
    workers.close();
  }
}
