package org.regularizedvi.core.config;

import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Says how a model is trained.
 *
 * @param maxEpochs the number of passes over the training cells, at least 1; left out: {@link
 *     #epochsFor}
 * @param batchSize the number of cells in a minibatch, at least 1
 * @param trainSize the share of the cells that are trained on, above 0 and at most 1; the rest are
 *     for validation
 * @param nEpochsKlWarmup the number of epochs over which the weight of the latent KL term rises to
 *     1; 0 starts at 1; left out: {@link #klWarmupFor}
 * @param optimiser Adam's constants
 * @param earlyStopping when present, ends training early; needs validation cells
 * @param plateau when present, cuts the learning rate; needs validation cells
 * @param computePearson whether the history holds correlations of observed and expected proportions
 * @param precision the number type of the widest products
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

  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range, or validation cells are needed and there
   *     are none
   */
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

  /**
   * {@return training with the recommended optimiser: minibatches of 64, nine tenths of the cells,
   * no early end}
   */
  public static TrainConfig recommended() {
    return of(64, OptimiserConfig.recommended());
  }

  /**
   * {@return training with the published optimiser: minibatches of 128, nine tenths of the cells,
   * no early end}
   */
  public static TrainConfig published() {
    return of(128, OptimiserConfig.published());
  }

  private static TrainConfig of(int batchSize, OptimiserConfig optimiser) {
    return new TrainConfig(
        OptionalInt.empty(),
        batchSize,
        0.9,
        OptionalInt.empty(),
        optimiser,
        Optional.empty(),
        Optional.empty(),
        false,
        Precision.AUTO);
  }

  /**
   * {@return the same with a number of epochs}
   *
   * @param epochs the number of passes over the training cells, at least 1
   */
  public TrainConfig withMaxEpochs(int epochs) {
    return Records.with(this, "maxEpochs", OptionalInt.of(epochs));
  }

  /**
   * {@return the same with another minibatch}
   *
   * @param cells the number of cells in a minibatch, at least 1
   */
  public TrainConfig withBatchSize(int cells) {
    return Records.with(this, "batchSize", cells);
  }

  /**
   * {@return the same with another share of training cells}
   *
   * @param share above 0 and at most 1
   */
  public TrainConfig withTrainSize(double share) {
    return Records.with(this, "trainSize", share);
  }

  /**
   * {@return the same with a length of the KL warm-up}
   *
   * @param epochs the number of epochs over which the weight rises to 1, 0 or more
   */
  public TrainConfig withNEpochsKlWarmup(int epochs) {
    return Records.with(this, "nEpochsKlWarmup", OptionalInt.of(epochs));
  }

  /**
   * {@return the same with another optimiser}
   *
   * @param chosen Adam's constants
   */
  public TrainConfig with(OptimiserConfig chosen) {
    return Records.with(this, "optimiser", chosen);
  }

  /**
   * {@return the same with an early end}
   *
   * @param chosen when training ends early
   */
  public TrainConfig with(EarlyStoppingConfig chosen) {
    return Records.with(this, "earlyStopping", Optional.of(chosen));
  }

  /**
   * {@return the same with cuts of the learning rate}
   *
   * @param chosen when the rate is cut, and how
   */
  public TrainConfig with(PlateauConfig chosen) {
    return Records.with(this, "plateau", Optional.of(chosen));
  }

  /**
   * {@return the same with or without correlations in the history}
   *
   * @param on whether the history holds correlations of observed and expected proportions
   */
  public TrainConfig withComputePearson(boolean on) {
    return Records.with(this, "computePearson", on);
  }

  /**
   * {@return the same with another number type}
   *
   * @param chosen the number type of the widest products
   */
  public TrainConfig with(Precision chosen) {
    return Records.with(this, "precision", chosen);
  }

  /**
   * {@return the number of epochs to train for: as given, or 8,000,000 / cells, at least 1 and at
   * most 80 with a cosine schedule, 400 with a constant rate}
   *
   * @param cells the number of cells, those for validation included
   */
  public int epochsFor(int cells) {
    return maxEpochs.orElseGet(() -> optimiser.lrSchedule().epochs(cells));
  }

  /**
   * {@return the number of epochs of the warm-up: as given, or a quarter of all with a cosine
   * schedule, 400 with a constant rate}
   *
   * @param cells the number of cells, those for validation included
   */
  public int klWarmupFor(int cells) {
    return nEpochsKlWarmup.orElseGet(() -> optimiser.lrSchedule().klWarmup(epochsFor(cells)));
  }
}
