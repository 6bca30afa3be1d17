package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.Noise;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.OptimiserState;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;

/**
 * Trains a model on a card. The host sends a minibatch, the card runs the same list of launches as
 * in the last step, and the host waits for the losses alone.
 *
 * <p>Passes without gradients are the card's too. What they leave of decoded genes, and rates, come
 * from an evaluator of another engine, at the parameters that this step stores before.
 */
public final class DeviceStep implements TrainingStep {
  private final StepPlan plan;
  private final Device device;
  private final StepNetwork network;
  private final Moments moments;
  private final Supplier<Evaluator> evaluators;
  private final Map<Kind, Launches> launches = new HashMap<>();
  private final DeviceArena arena;
  private final MarksOfGradients marks;
  private Optional<Evaluator> evaluator = Optional.empty();
  private Optional<Supplier<Minibatch>> announced = Optional.empty();

  /** What a list of launches depends on. */
  private record Kind(
      int rows,
      boolean training,
      boolean kept,
      int turn,
      boolean sized,
      boolean given,
      boolean drawn) {
    static Kind of(Minibatch minibatch, int turn, Noise noise, boolean training) {
      return new Kind(
          minibatch.size(),
          training,
          !minibatch.hasCounts(),
          turn,
          minibatch.covariates().hasSizeFactor(),
          NoiseSources.given(noise),
          training && noise.drawsDispersionPrior());
    }
  }

  /** Marks of gradients that are not finite, on the card and on the host. */
  private record MarksOfGradients(List<WideWeight.Named> wide, MemorySegment host) {}

  /**
   * Copies a model to the card.
   *
   * @param device the card, to be closed after this
   * @param model whose parameters stay the caller's
   * @param plan what the steps have in common; of one worker
   * @param evaluators make passes at the stored parameters
   * @throws org.regularizedvi.input.InputException when the plan is out of reach
   */
  public DeviceStep(Device device, Model model, StepPlan plan, Supplier<Evaluator> evaluators) {
    Reach.require(plan);
    device.enter();
    this.plan = plan;
    this.device = device;
    this.evaluators = evaluators;
    this.moments = new Moments(device, plan.optimiser());
    this.arena = new DeviceArena(device);
    try {
      this.network =
          new StepNetwork(
              new Kernels(device, plan.precision() == Precision.BFLOAT16), arena, model, share());
      network.addMoments(moments);
      List<WideWeight.Named> wide = network.wide();
      int count = wide.size() + network.small().names().size();
      this.marks = new MarksOfGradients(wide, arena.pinned((long) count * Integer.BYTES));
    } catch (RuntimeException | Error e) {
      arena.close();
      moments.close();
      throw e;
    }
  }

  @Override
  public StepPlan plan() {
    return plan;
  }

  /** Copies the counts to the card, where it has room for them. */
  @Override
  public boolean keep(CellData data) {
    device.enter();
    return network.keep(data);
  }

  /** Has the counts of a minibatch be copied to the card while the next step runs. */
  @Override
  public void ahead(Supplier<Minibatch> next) {
    announced = Optional.of(next);
  }

  @Override
  public StepLosses run(Minibatch minibatch, Noise noise, double klWeight) {
    device.enter();
    closeEvaluator();
    send(minibatch, noise, true);
    double perCell = 1.0 / minibatch.size();
    network.facts().send(noise, klWeight * perCell, perCell, share(), moments.next());
    repeat(minibatch, noise);
    network.fetch();
    fetchMarks();
    sendAhead();
    device.await();
    return losses(minibatch.size(), klWeight);
  }

  private void sendAhead() {
    Optional<Supplier<Minibatch>> next = announced;
    announced = Optional.empty();
    next.map(Supplier::get).ifPresent(network::sendAhead);
  }

  /** Runs a step on what has been sent, so that a card's own time can be measured. */
  void repeat(Minibatch minibatch, Noise noise) {
    launches
        .computeIfAbsent(
            Kind.of(minibatch, network.turn(), noise, true), _ -> network.step(minibatch, noise))
        .run();
  }

  private double share() {
    return 1.0 / plan.trainingCells();
  }

  private void fetchMarks() {
    long at = 0;
    for (WideWeight.Named own : marks.wide()) {
      own.weight().broken().download(marks.host().asSlice(at, Integer.BYTES));
      at += Integer.BYTES;
    }
    network.small().broken().download(marks.host().asSlice(at));
  }

  private Optional<String> brokenGradient() {
    List<String> names = new ArrayList<>();
    marks.wide().forEach(own -> names.add(own.stored()));
    names.addAll(network.small().names());
    for (int i = 0; i < names.size(); i++) {
      if (marks.host().getAtIndex(JAVA_INT, i) != 0) {
        return Optional.of(names.get(i));
      }
    }
    return Optional.empty();
  }

  private StepLosses losses(int size, double klWeight) {
    PassResults results = network.results();
    CellLoss cells = results.cellSums().dividedBy(size);
    GlobalNats global = results.global();
    double loss = global.sum() * share();
    for (Map.Entry<CellTerm, Double> term : cells.nats().entrySet()) {
      loss += (term.getKey().warmedUp() ? klWeight : 1) * term.getValue();
    }
    Optional<String> broken =
        Double.isFinite(loss)
            ? Optional.empty()
            : firstBroken(cells).or(() -> global.firstBroken().map(GlobalTerm::words));
    return new StepLosses(
        loss,
        cells,
        results.activeDims() / size,
        Arrays.stream(results.reconstructionOf()).map(nats -> nats / size).toArray(),
        broken,
        brokenGradient());
  }

  /** Divergences come before what compares with the counts: a broken draw breaks both. */
  private static Optional<String> firstBroken(CellLoss cells) {
    return cells.nats().entrySet().stream()
        .filter(term -> !Double.isFinite(term.getValue()))
        .sorted(Comparator.comparing(term -> term.getKey() == CellTerm.RECONSTRUCTION ? 1 : 0))
        .findFirst()
        .map(term -> term.getKey().words());
  }

  private void send(Minibatch minibatch, Noise noise, boolean training) {
    if (network.send(minibatch, noise, training)) {
      closeLaunches();
    }
  }

  @Override
  public EvaluationPass pass(Minibatch minibatch, Noise noise) {
    device.enter();
    send(minibatch, noise, false);
    network.facts().send(noise);
    launches
        .computeIfAbsent(
            Kind.of(minibatch, network.turn(), noise, false), _ -> network.pass(minibatch, noise))
        .run();
    network.sums().fetch();
    device.await();
    return new DevicePass(
        network.results(),
        minibatch,
        () -> evaluator().pass(minibatch, noise),
        (modality, others) -> others.get().decoded(modality));
  }

  @Override
  public List<FloatMatrix> rates(Minibatch minibatch, Noise noise) {
    return evaluator().rates(minibatch, noise);
  }

  private Evaluator evaluator() {
    if (evaluator.isEmpty()) {
      store();
      evaluator = Optional.of(evaluators.get());
    }
    return evaluator.get();
  }

  private void closeEvaluator() {
    evaluator.ifPresent(Evaluator::close);
    evaluator = Optional.empty();
  }

  @Override
  public void store() {
    device.enter();
    network.store();
  }

  @Override
  public void storeSmall() {
    device.enter();
    network.small().store();
  }

  /** Does nothing: a worker that is alone has all moments. */
  @Override
  public void gatherMoments() {}

  @Override
  public void setLr(double lr) {
    moments.setLr(lr);
  }

  @Override
  public OptimiserState optimiser() {
    return moments;
  }

  /** {@return bytes of the card's memory that the step has taken} */
  public long bytes() {
    return network.bytes();
  }

  private void closeLaunches() {
    launches.values().forEach(Launches::close);
    launches.clear();
  }

  @Override
  public void close() {
    device.enter();
    closeEvaluator();
    closeLaunches();
    network.close();
    arena.close();
    moments.close();
  }
}
