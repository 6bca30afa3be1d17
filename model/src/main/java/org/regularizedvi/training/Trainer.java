package org.regularizedvi.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.regularizedvi.answers.EvidenceLowerBound;
import org.regularizedvi.answers.PearsonCorrelations;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

/** Runs the loop over epochs: warm-up, steps, validation, history, checkpoints between steps. */
public final class Trainer {
  private static final int VALIDATION_BATCH = 1024;

  private final Model model;
  private final CellData data;
  private final TrainConfig config;
  private final Sampler sampler;
  private final CounterRandom random;

  /**
   * Splits the cells into those to train on and those held back.
   *
   * @param model the model that is trained
   * @param data its cells in memory
   * @param config the options of the training
   * @param seed makes the split, the order of cells and all draws
   * @throws InputException when early stopping or learning rate cuts have no validation cells
   */
  public Trainer(Model model, CellData data, TrainConfig config, long seed) {
    this.model = model;
    this.data = data;
    this.config = config;
    this.random = new CounterRandom(seed);
    this.sampler = Sampler.split(seed, data.size(), config.trainSize(), config.batchSize());
    if (sampler.validation().length == 0
        && (config.earlyStopping().isPresent() || config.plateau().isPresent())) {
      throw new InputException(
          "Early stopping and learning rate cuts need validation cells, but train_size %s of %d cells leaves none."
              .formatted(config.trainSize(), data.size()));
    }
  }

  /**
   * {@return what the steps of this training have in common}
   *
   * @param precision of the products' operands, float32 or bfloat16
   * @param threads to compute with, at least 1
   * @param peers the workers that compute this training together, all of which run it
   */
  public StepPlan plan(Precision precision, int threads, Peers peers) {
    return new StepPlan(sampler.training().length, config.optimiser(), precision, threads, peers);
  }

  /** {@return the cells that are not held back, ascending} */
  public int[] trainingCells() {
    return sampler.training().clone();
  }

  /**
   * Trains to the end and appends every epoch to the history. With early stopping the model then
   * has the parameters of the epoch whose validation ELBO was the lowest, and the history names it.
   * Of several workers each has the same history and the same model.
   *
   * @param step at the parameters that training starts from, or those of the checkpoint
   * @param history empty, or as it was at the checkpoint
   * @param best empty, or as it was at the checkpoint
   * @param listener is told how training goes, on the calling thread
   * @param checkpoints where training was, and where it goes between steps
   * @throws InputException when the loss or a gradient is not finite
   * @throws StoppedException when the checkpoints were asked to stop
   */
  public void run(
      TrainingStep step,
      History history,
      BestParameters best,
      TrainListener listener,
      Checkpoints checkpoints) {
    Course course = new Course(config, sampler.stepsPerEpoch(), data);
    checkpoints.start().ifPresent(course::restore);
    listener.started(
        new TrainListener.Plan(
            course.epochs,
            sampler.stepsPerEpoch(),
            sampler.training().length,
            sampler.validation().length,
            course.stepsTaken(),
            checkpoints.last()));
    boolean kept = step.keep(data);
    KlWarmup warmup = new KlWarmup(config.klWarmupFor(data.size()));
    course.idleStopping(warmup.epochs()).ifPresent(listener::warned);
    CourseWarnings warnings =
        new CourseWarnings(history, config.earlyStopping().isPresent(), listener::warned);
    try (Upcoming<Minibatch> minibatches = minibatches(course, kept)) {
      while (!course.over()) {
        trainEpoch(course, warmup.weight(course.epoch), step, minibatches, listener, checkpoints);
        Map<String, Double> row = row(course, warmup.weight(course.epoch), step);
        if (sampler.validation().length > 0) {
          row.putAll(validate(step, kept));
        }
        if (course.epochEnded(row)) {
          step.store();
          best.take();
        }
        history.append(row);
        listener.epochEnded(course.epoch - 1, history);
        warnings.epochEnded(history);
      }
    }
    checkpoints.trainingEnded(course::state);
    step.store();
    course
        .best()
        .ifPresent(
            epoch -> {
              best.giveBack();
              history.keep(epoch);
            });
  }

  /**
   * Returns the cells of each step, from where training is to its end.
   *
   * @param kept whether the engine has the counts
   */
  private Upcoming<Minibatch> minibatches(Course course, boolean kept) {
    int perEpoch = sampler.stepsPerEpoch();
    return new Upcoming<>(
        new LongFunction<>() {
          private int epoch = -1;
          private int[] order = {};

          @Override
          public Minibatch apply(long number) {
            if (epoch != (int) (number / perEpoch)) {
              epoch = (int) (number / perEpoch);
              order = sampler.epoch(epoch);
              if (!kept && onDisk()) {
                expect(order, (int) (number % perEpoch));
              }
            }
            int own = (int) (number % perEpoch);
            return minibatch(sampler.step(order, own), kept);
          }
        },
        course.stepsTaken(),
        (long) course.epochs * perEpoch,
        !kept && onDisk());
  }

  /** Says which cells an epoch will ask for, from a step to its end. */
  private void expect(int[] order, int step) {
    int[] cells =
        IntStream.range(step, sampler.stepsPerEpoch())
            .flatMap(own -> Arrays.stream(sampler.step(order, own)))
            .toArray();
    data.modalities().forEach(modality -> modality.counts().expect(cells));
  }

  /** Tells whether a disk has to be asked for the counts of a minibatch. */
  private boolean onDisk() {
    return data.modalities().stream().anyMatch(own -> !own.counts().inMemory());
  }

  /** Takes what is left of an epoch's steps. */
  private void trainEpoch(
      Course course,
      double klWeight,
      TrainingStep step,
      Upcoming<Minibatch> minibatches,
      TrainListener listener,
      Checkpoints checkpoints) {
    while (course.sums.steps() < sampler.stepsPerEpoch()) {
      Minibatch minibatch = minibatches.next();
      long number = course.stepsTaken();
      step.setLr(course.rate(number));
      if (minibatches.hasNext()) {
        step.ahead(minibatches::peek);
      }
      StepLosses losses =
          step.run(minibatch, new CounterNoise(random, number, minibatch.cells()), klWeight);
      if (!losses.finite()) {
        throw NotFinite.at(course, losses, step.plan(), checkpoints.last());
      }
      course.sums =
          course.sums.plus(losses, sampler.cells((int) (number % sampler.stepsPerEpoch())));
      listener.stepEnded(number + 1, losses.loss());
      checkpoints.stepEnded(course::state);
    }
  }

  /** {@return the history's entry of an epoch whose steps have been taken} */
  private Map<String, Double> row(Course course, double klWeight, TrainingStep step) {
    EpochSums sums = course.sums;
    int cells = sampler.training().length;
    Map<String, Double> row = new LinkedHashMap<>();
    row.put("loss_train", sums.loss() / cells);
    put(row, "train", sums.cells().dividedBy(cells));
    putModalities(
        row, "train", Arrays.stream(sums.reconstructionOf()).map(sum -> sum / cells).toArray());
    row.put("n_active_dims_train", sums.activeDims() / cells);
    step.storeSmall();
    putLibraryWeights(row);
    row.put("kl_weight", klWeight);
    row.put("lr", course.rate(course.stepsTaken() - 1));
    if (config.computePearson()) {
      step.store();
      putCorrelations(row, step, "train", sampler.training());
    }
    return row;
  }

  private Map<String, Double> validate(TrainingStep step, boolean kept) {
    Evaluation e = evaluated(step, kept);
    Map<String, Double> row = new LinkedHashMap<>();
    put(row, "validation", e.means());
    putModalities(row, "validation", e.reconstructionOf());
    row.put("n_active_dims_validation", e.latent().activeDims());
    if (config.computePearson()) {
      putCorrelations(row, step, "validation", sampler.validation());
    }
    return row;
  }

  private Evaluation evaluated(TrainingStep step, boolean kept) {
    int[] cells = sampler.validation();
    try (Upcoming<Minibatch> pieces =
        new Upcoming<>(
            piece -> minibatch(piece(cells, (int) piece), kept),
            0,
            pieces(cells),
            !kept && onDisk())) {
      return EvidenceLowerBound.of(step, () -> pieces, random);
    }
  }

  private void putLibraryWeights(Map<String, Double> row) {
    for (ModalitySpec modality : model.spec().modalities()) {
      new LibrarySize(modality)
          .readWeight(model.parameters())
          .ifPresent(w -> row.put("library_obs_w" + modality.names().metricSuffix(), w));
    }
  }

  /** Adds the share of each of several modalities in the reconstruction. */
  private void putModalities(Map<String, Double> row, String cells, double[] reconstruction) {
    for (ModalitySpec modality : model.spec().modalities()) {
      if (reconstruction.length > 1) {
        row.put(
            "recon_loss%s_%s".formatted(modality.names().metricSuffix(), cells),
            reconstruction[modality.index()]);
      }
    }
  }

  private void putCorrelations(
      Map<String, Double> row, Evaluator evaluator, String name, int[] cells) {
    List<PearsonCorrelations> found =
        PearsonCorrelations.of(model.spec(), evaluator, minibatches(cells), random);
    for (ModalitySpec modality : model.spec().modalities()) {
      String suffix = "%s_%s".formatted(modality.names().metricSuffix(), name);
      found.get(modality.index()).into(row, suffix);
    }
  }

  private static void put(Map<String, Double> row, String cells, CellLoss loss) {
    row.put("elbo_" + cells, loss.elbo());
    putTerms(row, cells, loss, false);
    row.put("kl_local_" + cells, loss.divergence());
    putTerms(row, cells, loss, true);
  }

  private static void putTerms(
      Map<String, Double> row, String cells, CellLoss loss, boolean divergences) {
    loss.nats().entrySet().stream()
        .filter(term -> term.getKey().divergence() == divergences)
        .forEach(term -> row.put(term.getKey().metric(cells), term.getValue()));
  }

  /** {@return the cells in pieces, each made when it is asked for: no second copy of the data} */
  private Iterable<Minibatch> minibatches(int[] cells) {
    return () ->
        IntStream.range(0, pieces(cells))
            .mapToObj(piece -> minibatch(piece(cells, piece), false))
            .iterator();
  }

  private static int pieces(int[] cells) {
    return (cells.length + VALIDATION_BATCH - 1) / VALIDATION_BATCH;
  }

  private static int[] piece(int[] cells, int piece) {
    int from = piece * VALIDATION_BATCH;
    return Arrays.copyOfRange(cells, from, Math.min(from + VALIDATION_BATCH, cells.length));
  }

  /** {@return cells with their counts, or without them where the engine has these} */
  private Minibatch minibatch(int[] cells, boolean kept) {
    return kept ? data.cellsByGroup(cells) : data.minibatchByGroup(cells);
  }
}
