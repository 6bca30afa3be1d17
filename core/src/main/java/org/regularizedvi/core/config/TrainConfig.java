package org.regularizedvi.core.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

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
    @Option(
            help = "Passes over the cells",
            standard = "8,000,000 / cells, at most 80",
            published = "at most 400")
        OptionalInt maxEpochs,
    @Option(help = "Cells in a minibatch") int batchSize,
    @Option(help = "Share of the cells to train on; the rest validates") double trainSize,
    @Option(
            help = "Epochs until the latent's KL term has its full weight",
            standard = "a quarter of all",
            published = "400")
        OptionalInt nEpochsKlWarmup,
    OptimiserConfig optimiser,
    @Option(help = "End when the validation ELBO no longer improves")
        Optional<EarlyStoppingConfig> earlyStopping,
    @Option(
            name = "reduce_lr_on_plateau",
            help = "Cut the learning rate when the validation ELBO no longer improves")
        Optional<PlateauConfig> plateau,
    @Option(help = "Keep correlations of observed and expected proportions in the history")
        boolean computePearson,
    @Option(
            help =
                "Number type of the widest products: auto, float32 or bfloat16; auto takes bfloat16 where the processor has it",
            label = "TYPE")
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
    return Records.with(this, "maxEpochs", OptionalInt.of(epochs));
  }

  public TrainConfig withBatchSize(int cells) {
    return Records.with(this, "batchSize", cells);
  }

  public TrainConfig withTrainSize(double share) {
    return Records.with(this, "trainSize", share);
  }

  public TrainConfig withNEpochsKlWarmup(int epochs) {
    return Records.with(this, "nEpochsKlWarmup", OptionalInt.of(epochs));
  }

  public TrainConfig with(OptimiserConfig chosen) {
    return Records.with(this, "optimiser", chosen);
  }

  public TrainConfig with(EarlyStoppingConfig chosen) {
    return Records.with(this, "earlyStopping", Optional.of(chosen));
  }

  public TrainConfig with(PlateauConfig chosen) {
    return Records.with(this, "plateau", Optional.of(chosen));
  }

  public TrainConfig withComputePearson(boolean on) {
    return Records.with(this, "computePearson", on);
  }

  public TrainConfig with(Precision chosen) {
    return Records.with(this, "precision", chosen);
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
