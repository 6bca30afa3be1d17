package org.regularizedvi.model;

import java.time.Duration;
import java.util.Optional;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ModelShape;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.input.InputException;

/**
 * Estimates what a training will need, before it begins: memory within a fifth, time within a
 * third, where it was measured (docs/performance.md).
 *
 * @param weights bytes of parameters, their copies and both moments of the optimiser
 * @param counts bytes of the counts of a minibatch and of those of all cells that are kept in
 *     memory, at most what the JVM may take
 * @param work what the steps compute
 */
public record RunEstimate(long weights, long counts, Work work) {
  /** The bytes of the program and its libraries without any data. */
  private static final long PROGRAM = 460_000_000;

  /** The bytes per stored count: a value and its place are 8; the JVM takes more while it may. */
  private static final int BYTES_A_COUNT = 14;

  /** The bytes per cell whose counts are on disk: its place, its number of counts, its total. */
  private static final int BYTES_A_CELL_ON_DISK = 32;

  /**
   * The bytes per stored count of a minibatch: as it was gathered, as the likelihood reads it, and
   * as both encoders do.
   */
  private static final int BYTES_A_COUNT_AT_WORK = 70;

  /** The bytes per stored count of the minibatches that wait, as they were read from a disk. */
  private static final int BYTES_A_COUNT_AHEAD = 16;

  /**
   * The bytes per parameter: its value, two moments, and the JVM's copy when they start; early
   * stopping adds a copy of the best epoch's.
   */
  private static final int BYTES_A_PARAMETER = 16;

  /**
   * Counts what all steps of a training compute.
   *
   * @param operations multiplications and additions of the decoder's products
   * @param elements cells x features that the likelihood goes through
   * @param countUnits nonzeros x units that the first layers go through
   * @param cells number of cells, those of every epoch counted anew
   * @param parameters number of parameters that something uses
   * @param steps of the optimiser, each of which goes through all parameters
   */
  public record Work(
      double operations,
      double elements,
      double countUnits,
      double cells,
      double parameters,
      double steps) {
    /**
     * The time of the likelihood, and of the passes over what goes into the products and comes out
     * of them.
     */
    private static final double SECONDS_AN_ELEMENT = 5.5e-9;

    private static final double SECONDS_A_COUNT_UNIT = 1.3e-10;
    private static final double SECONDS_A_CELL = 3e-5;

    /**
     * The time per update of a parameter: gradient, penalty, Adam and the copies that are
     * multiplied.
     */
    private static final double SECONDS_AN_UPDATE = 2.9e-9;

    /**
     * The time per parameter of its start value, its checkpoints and the saved model, with its
     * moments.
     */
    private static final double SECONDS_A_PARAMETER = 1.5e-7;

    /** The time of reading, and of the first steps, until the JVM has compiled them. */
    private static final double SECONDS_TO_START = 4;

    /**
     * {@return the time that it takes, its parts as fast as they were measured}
     *
     * @param secondsAnOperation seconds per multiplication or addition of one thread's products on
     *     this machine
     * @param threads that share the work, at least 1
     */
    public Duration time(double secondsAnOperation, int threads) {
      double shared =
          operations * secondsAnOperation
              + elements * SECONDS_AN_ELEMENT
              + countUnits * SECONDS_A_COUNT_UNIT
              + parameters * steps * SECONDS_AN_UPDATE;
      double seconds =
          SECONDS_TO_START
              + parameters * SECONDS_A_PARAMETER
              + shared / threads
              + cells * SECONDS_A_CELL;
      return Duration.ofMillis((long) (1000 * seconds));
    }
  }

  /**
   * Estimates a training of a model with options on some cells.
   *
   * @param data the cells to train on
   * @param config the options of the model
   * @param multimodal the options of the combination, in a model of named modalities
   * @param training the options of the training
   * @return the estimate
   */
  public static RunEstimate of(
      CellData data,
      ModelConfig config,
      Optional<MultimodalOptions> multimodal,
      TrainConfig training) {
    NetworkSpec spec =
        ModelShape.of(
            config.forCells(data.size()), multimodal, data.schema(), data.featureCounts());
    long parameters = 0;
    for (ParameterSpec parameter : ParameterLayout.ofAll(spec)) {
      if (parameter.role() != ParameterSpec.Role.UNUSED) {
        parameters += parameter.size();
      }
    }
    boolean copied = training.earlyStopping().isPresent();
    long weights = (BYTES_A_PARAMETER + (copied ? Float.BYTES : 0)) * parameters;
    int trained = (int) Math.ceil(training.trainSize() * data.size());
    int epochs = training.epochsFor(data.size());
    double cells = (double) trained * epochs;
    double steps = Math.ceil((double) trained / training.batchSize()) * epochs;
    double cellsAtOnce = Math.min(training.batchSize(), trained);
    long held = 0;
    double atWork = 0;
    double operations = 0;
    double elements = 0;
    double countUnits = 0;
    for (ModalitySpec modality : spec.modalities()) {
      double features = modality.features();
      double decoded = modality.decoder().hidden();
      double encoded = modality.encoder().hidden() + modality.libraryEncoder().hidden();
      // Of several workers' counts those that this one keeps.
      Counts counts = data.modalities().get(modality.index()).counts().kept();
      long own = counts.nonzeros();
      held += counts.inMemory() ? BYTES_A_COUNT * own : (long) BYTES_A_CELL_ON_DISK * counts.rows();
      weights += (long) (Float.BYTES * features * encoded + Short.BYTES * features * decoded);
      int bytes = BYTES_A_COUNT_AT_WORK + (counts.inMemory() ? 0 : BYTES_A_COUNT_AHEAD);
      atWork += bytes * cellsAtOnce * own / data.size();
      operations += 6 * features * decoded * cells;
      elements += features * cells;
      countUnits += encoded * own / data.size() * cells;
    }
    return new RunEstimate(
        weights,
        Math.min(held + (long) atWork, Runtime.getRuntime().maxMemory()),
        new Work(operations, elements, countUnits, cells, parameters, steps));
  }

  /** {@return the bytes of resident memory at its peak} */
  public long memory() {
    return PROGRAM + weights + counts;
  }

  /**
   * {@return whether a machine's memory does not hold it, and would without the counts}
   *
   * @param available bytes of memory that the machine has
   */
  public boolean lacksMemoryForCounts(long available) {
    return memory() > available && PROGRAM + weights < available;
  }

  /**
   * Requires that a machine's memory holds it.
   *
   * @param available bytes of memory that the machine has
   * @throws InputException as {@link #shortage} says
   */
  public void requireFit(long available) {
    shortage(available)
        .ifPresent(
            sentence -> {
              throw new InputException(sentence);
            });
  }

  /**
   * Says what takes most and which options take less when a machine's memory does not hold it.
   *
   * @param available bytes of memory that the machine has
   * @return a sentence for the user; empty when the memory suffices
   */
  public Optional<String> shortage(long available) {
    if (memory() <= available) {
      return Optional.empty();
    }
    return Optional.of(
        "Training needs about %s of memory (weights %s, counts %s), but this machine has %s: %s."
            .formatted(
                text(memory()),
                text(weights),
                text(counts),
                text(available),
                weights > counts
                    ? "a smaller --n-hidden takes less, as do fewer features"
                    : "fewer features or cells take less"));
  }

  /**
   * {@return a number of bytes in GB (1e9 bytes), for people}
   *
   * @param bytes the number
   */
  public static String text(long bytes) {
    return "%.1f GB".formatted(bytes / 1e9);
  }
}
