package org.regularizedvi.cpu.fused;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.cpu.fused.PartTimes.Part;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.reference.inference.NetworkPass;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.CellValues;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.GlobalTerms;
import org.regularizedvi.reference.objective.Objective;
import org.regularizedvi.reference.step.Adam;
import org.regularizedvi.reference.torch.ParameterTensors;
import org.regularizedvi.reference.torch.SharedScope;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Trains a network one minibatch at a time without anything dense.
 *
 * <p>The head gives its gradients by hidden layer, library size and gene parameters; they enter
 * backward calls as root gradients beside the rest of the loss. What lies between the fused ends
 * runs in blocks of rows, side by side. The wide weights, those of the encoders' first layers and
 * of the heads, never have a gradient as a whole: whoever takes it, usually the optimiser, gets it
 * tile by tile.
 */
public final class FusedStep implements TrainingStep {
  private final StepPlan plan;
  private final Network network;
  private final Objective objective;
  private final Workers workers;
  private final FusedNetwork fused;
  private final Adam adam;

  /** The wide weights that follow their gradients, none of them in part. */
  private final Set<String> moving;

  private final Elbo evaluation;
  private final List<RowBlock> blocks = new ArrayList<>();

  /**
   * Gradients of the wide weights on their way to the sum over workers, where there are several.
   */
  private final Optional<GatheredGradients> gathered;

  /**
   * Makes the step that trains a network.
   *
   * @param network the networks, which stay the caller's
   * @param plan what the steps have in common: optimiser, precision of the head's products,
   *     threads, peers
   */
  public FusedStep(Network network, StepPlan plan) {
    this.network = network;
    this.plan = plan;
    this.objective = Objective.of(plan);
    this.workers = new Workers(plan.threads());
    ElementType type =
        plan.precision() == Precision.BFLOAT16 ? ElementType.BFLOAT16 : ElementType.FLOAT32;
    this.fused = FusedNetwork.whole(network, type, true, workers);
    this.gathered =
        plan.peers().ranks() > 1
            ? Optional.of(new GatheredGradients(fused.tiled().values()))
            : Optional.empty();
    this.adam = new Adam(network.parameters(), plan.optimiser(), Set.copyOf(fused.tiledNames()));
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
    this.evaluation = FusedEvaluator.of(network, fused);
  }

  private static Set<String> moving(ParameterTensors parameters, List<String> wide) {
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

  @Override
  public StepPlan plan() {
    return plan;
  }

  @Override
  public StepLosses run(Minibatch minibatch, Noise noise, double klWeight) {
    AdamStep step = adam.next();
    long start = System.nanoTime();
    GradientWatch watch = new GradientWatch();
    TiledMatrix.Taker taker = taker(step).seenBy(watch);
    StepLosses losses;
    if (gathered.isPresent()) {
      losses = differentiate(minibatch, noise, klWeight, gathered.get());
      gathered.get().sum(plan.peers(), taker);
      fused.refresh();
    } else {
      losses = differentiate(minibatch, noise, klWeight, taker);
    }
    adam.apply(step, plan.peers(), watch);
    workers.times().add(0, Part.STEP, start);
    workers.times().stepEnded();
    return losses.with(watch);
  }

  /**
   * Computes all gradients, of this worker's share of the loss: those of the wide weights go to the
   * taker, the others are left at their parameters.
   *
   * @param minibatch this worker's share of the step's cells
   * @param noise all draws of the step
   * @param klWeight of the terms that are warmed up, between 0 and 1
   * @param taker gets the gradients of the wide weights tile by tile, on any of the threads
   * @return the loss of all workers' cells
   */
  public StepLosses differentiate(
      Minibatch minibatch, Noise noise, double klWeight, TiledMatrix.Taker taker) {
    try (PointerScope _ = new PointerScope()) {
      long start = System.nanoTime();
      fused.prepare(minibatch, Optional.of(noise));
      start = workers.times().add(0, Part.COUNTS, start);
      Map<String, List<Tensor>> sums = new HashMap<>();
      Map<String, List<Tensor>> sumGradients = new HashMap<>();
      for (FusedEncoder encoder : fused.encoders()) {
        sums.put(encoder.name(), encoder.sums());
        sumGradients.put(encoder.name(), encoder.sumGradients(minibatch.size()));
      }
      workers.times().add(0, Part.FIRST_LAYER, start);
      Map<Integer, PenalisedTaker> penalised = penalised(taker);
      long cells = Math.round(plan.peers().sum(minibatch.size())[0]);
      StepCall call = new StepCall(minibatch, cells, noise, klWeight, sums, sumGradients);
      return between(call, taker, penalised);
    }
  }

  /** Runs what lies between the fused ends, in blocks of rows, with the heads in its midst. */
  private StepLosses between(
      StepCall call, TiledMatrix.Taker taker, Map<Integer, PenalisedTaker> penalised) {
    List<RowRange> ranges = ranges(call.minibatch().size());
    while (blocks.size() < ranges.size()) {
      blocks.add(new RowBlock(network, fused, objective));
    }
    List<RowBlock> used = blocks.subList(0, ranges.size());
    try (SharedScope scope = new SharedScope()) {
      workers.run(used.size(), (_, b) -> scope.run(() -> used.get(b).encode(call, ranges.get(b))));
      List<FusedHead.Result> heads = new ArrayList<>();
      for (int m = 0; m < network.modalities().size(); m++) {
        heads.add(head(m, call, used, penalised.containsKey(m) ? penalised.get(m) : taker));
      }
      CellValues[] values = new CellValues[used.size()];
      AtomicReference<GlobalTerms> global = new AtomicReference<>();
      workers.run(
          used.size() + 1,
          (_, b) ->
              scope.run(
                  () -> {
                    if (b < values.length) {
                      values[b] = used.get(b).differentiate(heads);
                    } else {
                      global.set(global(call, heads, penalised));
                    }
                  }));
      joinGradients(used);
      long start = System.nanoTime();
      fused.encoders().forEach(encoder -> encoder.backward(taker));
      workers.times().add(0, Part.FIRST_GRADIENT, start);
      CellValues joined = CellValues.joined(List.of(values));
      double loss =
          objective.loss(joined.terms(), call.klWeight(), call.cells(), global.get()).item_double();
      return joined
          .losses(loss, global.get(), new GradientWatch())
          .summed(plan.peers(), (double) call.minibatch().size() / call.cells());
    }
  }

  private FusedHead.Result head(
      int index, StepCall call, List<RowBlock> used, TiledMatrix.Taker taker) {
    long start = System.nanoTime();
    Modality modality = network.modalities().get(index);
    FusedHead.Result result =
        fused
            .head(modality)
            .gradients(
                joined(used, block -> block.hiddenNH(index)),
                Tensors.floats(joined(used, block -> block.exposureN1(index))),
                call.minibatch(),
                fused.counts(modality),
                call.noise(),
                (float) objective.perCell(call.cells()),
                taker);
    workers.times().add(0, Part.HEAD, start);
    return result;
  }

  private static Tensor joined(List<RowBlock> used, Function<RowBlock, Tensor> rows) {
    return torch.cat(new TensorVector(used.stream().map(rows).toArray(Tensor[]::new)));
  }

  /**
   * {@return the blocks of a minibatch's rows: a single one with batch norm, which looks at all
   * rows at once}
   */
  private List<RowRange> ranges(int rows) {
    boolean whole = network.config().network().useBatchNorm() != NormalisedNetworks.NONE;
    return whole ? List.of(new RowRange(0, rows)) : RowRange.blocks(rows);
  }

  /**
   * Differentiates the terms of what all cells share, and takes over the genes' gradients from the
   * heads.
   */
  private GlobalTerms global(
      StepCall call, List<FusedHead.Result> heads, Map<Integer, PenalisedTaker> penalised) {
    Roots roots = new Roots();
    for (Modality modality : network.modalities()) {
      heads
          .get(modality.spec().index())
          .genes()
          .forEach(
              (name, gradient) -> {
                Tensor parameter = modality.parameters().get(name);
                roots.add(parameter, Tensors.of(gradient, parameter.shape()));
              });
    }
    GlobalTerms terms =
        GlobalTerms.of(
            network,
            modality -> scalar(penalised.get(modality.spec().index()).squares()),
            call.noise());
    roots.addLoss(objective.ofAll(terms));
    roots.differentiate();
    return terms;
  }

  /** {@return the value without gradients, which the taker has added to} */
  private static Tensor scalar(double value) {
    return Tensor.create(new double[] {value}, 1).squeeze();
  }

  /** Adds the blocks' gradients to the parameters' own, in the order of rows. */
  private void joinGradients(List<RowBlock> used) {
    Roots roots = new Roots();
    for (String name : network.parameters().stored().trained()) {
      sum(used, block -> block.takeGradient(name))
          .ifPresent(gradient -> roots.add(network.parameters().get(name), gradient));
    }
    for (FusedEncoder encoder : fused.encoders()) {
      List<Tensor> tails = encoder.rest().tails();
      for (int p = 0; p < tails.size(); p++) {
        int part = p;
        Tensor tail = tails.get(p);
        sum(used, block -> block.takeTailGradient(encoder.name(), part))
            .ifPresent(gradient -> roots.add(tail, gradient));
      }
    }
    roots.differentiate();
  }

  private static Optional<Tensor> sum(
      List<RowBlock> used, Function<RowBlock, Optional<Tensor>> gradient) {
    return used.stream().map(gradient).flatMap(Optional::stream).reduce(Tensor::add);
  }

  /**
   * {@return the takers that add a penalty, by modality, where a penalty holds the head's weight}
   */
  private Map<Integer, PenalisedTaker> penalised(TiledMatrix.Taker taker) {
    Map<Integer, PenalisedTaker> takers = new HashMap<>();
    for (Modality modality : network.modalities()) {
      double l2 = modality.spec().config().penalties().decoderWeightL2();
      if (l2 > 0) {
        double factor = objective.ofAll(2 * l2);
        int features = modality.spec().features();
        takers.put(modality.spec().index(), new PenalisedTaker(taker, factor, features));
      }
    }
    return takers;
  }

  /**
   * Cuts a minibatch into tiles and returns the pass without gradients at the weights as they are
   * now.
   *
   * @param minibatch the cells, whose counts stay in tiles until the next call
   * @return the pass, valid for this minibatch alone
   */
  public Elbo evaluation(Minibatch minibatch) {
    fused.prepare(minibatch, Optional.empty());
    return evaluation;
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    return NetworkPass.of(evaluation(minibatch), minibatch, noise);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return NetworkPass.rates(network, minibatch, noise);
  }

  @Override
  public void store() {
    fused.store();
  }

  /** {@return the sums of where the time of the steps so far went} */
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
    blocks.forEach(RowBlock::close);
    gathered.ifPresent(GatheredGradients::close);
    fused.close();
    adam.close();
    workers.close();
  }
}
