package org.regularizedvi.cpu;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.DecoderPenalties;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.answer.Passes;
import org.regularizedvi.cpu.head.Head;
import org.regularizedvi.cpu.net.Encoder;
import org.regularizedvi.cpu.net.ModalityLayers;
import org.regularizedvi.cpu.net.Network;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.EncoderCounts;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.step.Adam;
import org.regularizedvi.cpu.step.Gradients;
import org.regularizedvi.cpu.step.ScalePenalty;
import org.regularizedvi.cpu.step.TiledMatrix;
import org.regularizedvi.cpu.term.GlobalLoss;
import org.regularizedvi.cpu.term.SharedTerm;
import org.regularizedvi.cpu.term.SharedTerms;
import org.regularizedvi.cpu.work.PartTimes;
import org.regularizedvi.cpu.work.PartTimes.Part;
import org.regularizedvi.cpu.work.RowRange;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.optimiser.AdamStep;

/**
 * Trains a model one minibatch at a time:
 *
 * <ol>
 *   <li>blocks of rows, forward: counts to the decoders' last hidden layers;
 *   <li>heads, tile of genes by tile: likelihood, its gradients, Adam on the tile's weights;
 *   <li>blocks of rows, backward: to the encoders' first linear maps;
 *   <li>weights between, and genes of the first layers: gradients over all rows, Adam on the wide
 *       ones at once;
 *   <li>terms of what all cells share, Adam on the small parameters.
 * </ol>
 *
 * <p>The wide weights, those of the encoders' first layers and of the heads, never have a gradient
 * as a whole: whoever takes it, usually the optimiser, gets it tile by tile.
 *
 * <p>Of several workers each does the first layers and the heads for some tiles of genes and trains
 * these rows of the wide weights alone; they exchange what is summed over genes, and the gradients
 * by the few numbers that each gene has of its own. All else they do alike.
 */
public final class CpuStep implements TrainingStep {
  private final StepPlan plan;
  private final Parameters parameters;
  private final Arena arena = Arena.ofShared();
  private final Workers workers;
  private final Split split;
  private final Gradients gradients;
  private final Network network;
  private final List<Head> heads = new ArrayList<>();
  private final SharedTerms shared;
  private final Adam adam;
  private final Passes passes;

  private final WideWeights wide;
  private final List<Runnable> parameterTasks;

  /** Those of the heads' weights. */
  private final List<ScalePenalty> penalties = new ArrayList<>();

  /**
   * Makes the step that trains a model.
   *
   * @param model its parameters stay the caller's
   * @param plan what the steps have in common: optimiser, precision of the heads' products,
   *     threads, peers
   * @param products multiplies
   */
  public CpuStep(Model model, StepPlan plan, Products products) {
    this.plan = plan;
    this.parameters = model.parameters();
    this.workers = new Workers(plan.threads());
    this.split = new Split(plan.peers(), workers);
    Set<String> wideNames = WideWeights.names(model);
    List<String> small =
        parameters.trained().stream().filter(name -> !wideNames.contains(name)).toList();
    this.gradients = Gradients.of(parameters, small, arena);
    this.network = new Network(model, gradients, true, products, split);
    ElementType type = CpuEngine.type(plan.precision());
    List<SharedTerm> terms = new ArrayList<>();
    for (ModalitySpec spec : model.spec().modalities()) {
      heads.add(new Head(spec, parameters, type, true, split, products));
      ModalityPriors priors = model.priors().get(spec.index());
      ScalePenalty penalty =
          new ScalePenalty(new DecoderPenalties(spec, priors.weightWidthG()), share(1));
      penalties.add(penalty);
      terms.addAll(SharedTerms.of(spec, priors, parameters, penalty::nats).terms());
    }
    this.shared = new SharedTerms(terms);
    this.adam = new Adam(plan.optimiser());
    for (String name : small) {
      ParameterSpec spec = parameters.spec(name);
      adam.add(
          name,
          parameters.memory(name),
          spec.part().map(part -> part.entries(spec.shape())),
          spec.lrMultiplier());
    }
    network.allEncoders().forEach(encoder -> encoder.first().handTails(parameters, adam));
    this.wide = new WideWeights(network, heads, parameters, adam, split);
    this.parameterTasks = network.parameterTasks(gradients);
    this.passes = new Passes(parameters, network, heads, workers, products);
  }

  @Override
  public StepPlan plan() {
    return plan;
  }

  /** Copies nothing: the counts are where it computes. */
  @Override
  public boolean keep(CellData data) {
    return false;
  }

  @Override
  public StepLosses run(Minibatch minibatch, Noise noise, double klWeight) {
    AdamStep step = adam.next();
    long start = System.nanoTime();
    GradientWatch watch = new GradientWatch();
    StepLosses losses = differentiate(minibatch, noise, klWeight, wide.taker(step).seenBy(watch));
    Set<Encoder> used = Set.copyOf(network.encoders());
    List<String> idle =
        network.allEncoders().stream()
            .filter(encoder -> !used.contains(encoder))
            .map(encoder -> encoder.shape().prefix() + ".")
            .toList();
    adam.apply(step, gradients, name -> idle.stream().noneMatch(name::startsWith), watch, workers);
    Optional<String> broken = wide.broken(watch, gradients);
    workers.times().add(0, Part.STEP, start);
    workers.times().stepEnded();
    return losses.with(broken);
  }

  /**
   * Computes all gradients: those of the wide weights go to the taker, of several workers' those of
   * this one's genes; the others are found in {@link #gradients}.
   *
   * @param minibatch the step's cells
   * @param noise all draws of the step
   * @param klWeight of the terms that are warmed up, between 0 and 1
   * @param taker gets the gradients of the wide weights tile by tile, on any of the threads
   * @return the loss
   */
  public StepLosses differentiate(
      Minibatch minibatch, Noise noise, double klWeight, TiledMatrix.Taker taker) {
    long start = System.nanoTime();
    PartTimes times = workers.times();
    gradients.clear();
    network.prepare(minibatch, Optional.of(noise));
    network.begin(Optional.of(noise));
    start = times.add(0, Part.COUNTS, start);
    network.sumCounts();
    start = times.add(0, Part.FIRST_LAYER, start);
    List<RowRange> blocks = network.blocks();
    workers.run(blocks.size(), (_, b) -> network.forward(blocks.get(b), noise));
    start = times.add(0, Part.FORWARD, start);
    double perCell = 1.0 / minibatch.size();
    for (int m = 0; m < heads.size(); m++) {
      head(m, minibatch, noise, perCell, taker);
    }
    start = times.add(0, Part.HEAD, start);
    workers.run(
        blocks.size(),
        (_, b) -> network.backward(blocks.get(b), noise, klWeight * perCell, perCell));
    start = times.add(0, Part.BACKWARD, start);
    backwardOverRows(taker);
    start = times.add(0, Part.FIRST_GRADIENT, start);
    GlobalLoss global = shared.differentiate(share(1), gradients, noise, workers);
    times.add(0, Part.SHARED, start);
    return new LossParts(network.values(), global).losses(klWeight, share(global.sum()));
  }

  /** {@return what so many nats of what all cells share add to the loss} */
  private double share(double nats) {
    return nats / plan.trainingCells();
  }

  private void head(
      int m, Minibatch minibatch, Noise noise, double perCell, TiledMatrix.Taker taker) {
    ModalityLayers modality = network.modalities().get(m);
    ScalePenalty penalty = penalties.get(m);
    Head.Result result =
        heads
            .get(m)
            .gradients(
                modality.hidden().rows(0, minibatch.size()),
                modality.exposureN(),
                minibatch,
                network.counts(m),
                noise,
                (float) perCell,
                penalty.begin(taker));
    penalty.end(split, heads.get(m).matrices().getFirst().bounds());
    network.values().putLogLikelihood(m, result.logLikelihood(), minibatch.present(m));
    modality.takeGradients(result.hidden(), result.library(), result.factor());
    result
        .genes()
        .forEach(
            (name, own) ->
                gradients
                    .find(name)
                    .ifPresent(memory -> memory.copyFrom(MemorySegment.ofArray(own))));
  }

  /**
   * Computes the gradients of what lies between the ends, and hands out those of the first layers.
   */
  private void backwardOverRows(TiledMatrix.Taker taker) {
    List<Encoder> encoders = network.encoders();
    int wideTasks = encoders.stream().mapToInt(encoder -> encoder.first().backwardTasks()).sum();
    workers.run(
        wideTasks + parameterTasks.size(),
        (worker, task) -> {
          if (task >= wideTasks) {
            parameterTasks.get(task - wideTasks).run();
            return;
          }
          int left = task;
          int e = 0;
          while (left >= encoders.get(e).first().backwardTasks()) {
            left -= encoders.get(e++).first().backwardTasks();
          }
          Encoder encoder = encoders.get(e);
          List<EncoderCounts> counts = network.countsOf(encoder);
          encoder.first().backward(counts, encoder.firstGradient(), worker, left, taker);
        });
  }

  /** {@return the gradients of the small parameters, as {@link #differentiate} left them} */
  public Gradients gradients() {
    return gradients;
  }

  /** {@return the sums of where the time of the steps so far went} */
  public PartTimes times() {
    return workers.times();
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    return passes.of(minibatch, noise);
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return passes.rates(minibatch, noise);
  }

  @Override
  public void store() {
    wide.gather();
    network.store();
  }

  /** Does nothing: they are computed where they are stored. */
  @Override
  public void storeSmall() {}

  @Override
  public void gatherMoments() {
    wide.gatherMoments();
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
    heads.forEach(Head::close);
    network.close();
    split.close();
    adam.close();
    workers.close();
    arena.close();
  }
}
