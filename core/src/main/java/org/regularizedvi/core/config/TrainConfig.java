package org.regularizedvi.core.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.input.InputException;

/**
 * How a model is trained.
 *
 * @param maxEpochs passes over the training cells; left out: {@link #epochsFor}
 * @param batchSize cells in a minibatch
 * @param trainSize share of the cells that are trained on; the rest are for validation
 * @param nEpochsKlWarmup epochs over which the weight of the latent KL term rises to 1; 0 starts at
 *     1; left out: {@link #klWarmupFor}
 * @param optimiser Adam's constants
 * @param earlyStopping when present, ends training early; needs validation cells
 * @param plateau when present, cuts the learning rate; needs validation cells
 * @param computePearson whether history holds correlations of observed and expected proportions
 * @param precision number type of the widest products
 */
public record TrainConfig(
    OptionalInt maxEpochs,
    int batchSize,
    double trainSize,
    OptionalInt nEpochsKlWarmup,
    OptimiserConfig optimiser,
    Optional<EarlyStoppingConfig> earlyStopping,
    Optional<PlateauConfig> plateau,
    boolean computePearson,
    Precision precision) {

  public TrainConfig {
    maxEpochs.ifPresent(epochs -> Checks.atLeast("max_epochs", epochs, 1));
    Checks.atLeast("batch_size", batchSize, 1);
    if (!(trainSize > 0 && trainSize <= 1)) {
      throw new InputException(
          "train_size must be above 0 and at most 1, but is %s.".formatted(trainSize));
    }
    nEpochsKlWarmup.ifPresent(epochs -> Checks.atLeast("n_epochs_kl_warmup", epochs, 0));
    if (trainSize == 1 && (earlyStopping.isPresent() || plateau.isPresent())) {
      throw new InputException(
          "%s needs validation cells, but train_size is 1.0; set train_size below 1."
              .formatted(earlyStopping.isPresent() ? "early_stopping" : "reduce_lr_on_plateau"));
    }
  }

  public static TrainConfig recommended() {
    return of(OptimiserConfig.recommended());
  }

  public static TrainConfig published() {
    return of(OptimiserConfig.published());
  }

  private static TrainConfig of(OptimiserConfig optimiser) {
    return new TrainConfig(
        OptionalInt.empty(),
        128,
        0.9,
        OptionalInt.empty(),
        optimiser,
        Optional.empty(),
        Optional.empty(),
        false,
        Precision.AUTO);
  }

  public TrainConfig withMaxEpochs(int epochs) {
    return new TrainConfig(
        OptionalInt.of(epochs),
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        optimiser,
        earlyStopping,
        plateau,
        computePearson,
        precision);
  }

  public TrainConfig withBatchSize(int cells) {
    return new TrainConfig(
        maxEpochs,
        cells,
        trainSize,
        nEpochsKlWarmup,
        optimiser,
        earlyStopping,
        plateau,
        computePearson,
        precision);
  }

  public TrainConfig withTrainSize(double share) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        share,
        nEpochsKlWarmup,
        optimiser,
        earlyStopping,
        plateau,
        computePearson,
        precision);
  }

  public TrainConfig withNEpochsKlWarmup(int epochs) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        trainSize,
        OptionalInt.of(epochs),
        optimiser,
        earlyStopping,
        plateau,
        computePearson,
        precision);
  }

  public TrainConfig with(OptimiserConfig chosen) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        chosen,
        earlyStopping,
        plateau,
        computePearson,
        precision);
  }

  public TrainConfig with(EarlyStoppingConfig chosen) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        optimiser,
        Optional.of(chosen),
        plateau,
        computePearson,
        precision);
  }

  public TrainConfig with(PlateauConfig chosen) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        optimiser,
        earlyStopping,
        Optional.of(chosen),
        computePearson,
        precision);
  }

  public TrainConfig withComputePearson(boolean on) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        optimiser,
        earlyStopping,
        plateau,
        on,
        precision);
  }

  public TrainConfig with(Precision chosen) {
    return new TrainConfig(
        maxEpochs,
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        optimiser,
        earlyStopping,
        plateau,
        computePearson,
        chosen);
  }

  /**
   * Returns the epochs to train for: as given, or 8,000,000 / cells, at least 1 and at most 80 with
   * a cosine schedule, 400 with a constant rate.
   */
  public int epochsFor(int cells) {
    return maxEpochs.orElseGet(() -> optimiser.lrSchedule().epochs(cells));
  }

  /**
   * Returns the epochs of the warm-up: as given, or a quarter of all with a cosine schedule, 400
   * with a constant rate.
   */
  public int klWarmupFor(int cells) {
    return nEpochsKlWarmup.orElseGet(() -> optimiser.lrSchedule().klWarmup(epochsFor(cells)));
  }
}
