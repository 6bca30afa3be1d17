package org.regularizedvi.cli.options;

import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.LrSchedule;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PlateauConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.TrainConfig;
import picocli.CommandLine.Option;

/** How the model is trained. */
public final class TrainingOptions {
  private static final TrainConfig DEFAULTS = TrainConfig.recommended();
  private static final EarlyStoppingConfig STOPPING = EarlyStoppingConfig.defaults();
  private static final PlateauConfig PLATEAU = PlateauConfig.defaults();

  @Option(
      names = "--max-epochs",
      paramLabel = "N",
      description =
          "* Passes over the cells (default: 8,000,000 / cells, at most 80; published: at most 400).")
  private Optional<Integer> maxEpochs = Optional.empty();

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Cells in a minibatch (default: ${DEFAULT-VALUE}).")
  private int batchSize = DEFAULTS.batchSize();

  @Option(
      names = "--train-size",
      paramLabel = "X",
      description =
          "Share of the cells to train on; the rest validates (default: ${DEFAULT-VALUE}).")
  private double trainSize = DEFAULTS.trainSize();

  @Option(
      names = "--n-epochs-kl-warmup",
      paramLabel = "N",
      description =
          "* Epochs until the latent's KL term has its full weight (default: a quarter of all; published: 400).")
  private Optional<Integer> nEpochsKlWarmup = Optional.empty();

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "* Learning rate, the highest (default: 0.008; published: 0.001).")
  private Optional<Double> lr = Optional.empty();

  @Option(
      names = "--lr-schedule",
      paramLabel = "KIND",
      description =
          "* constant, or cosine: falls to 0 at the last epoch (default: cosine; published: constant).")
  private Optional<LrSchedule> lrSchedule = Optional.empty();

  @Option(
      names = "--eps",
      paramLabel = "X",
      description = "Adam's epsilon (default: ${DEFAULT-VALUE}).")
  private double eps = DEFAULTS.optimiser().eps();

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "L2 term (default: ${DEFAULT-VALUE}).")
  private double weightDecay = DEFAULTS.optimiser().weightDecay();

  @Option(
      names = "--early-stopping",
      negatable = true,
      fallbackValue = "true",
      description = "End when the validation ELBO no longer improves (default: ${DEFAULT-VALUE}).")
  private boolean earlyStopping = DEFAULTS.earlyStopping().isPresent();

  @Option(
      names = "--early-stopping-patience",
      paramLabel = "N",
      description = "Epochs without improvement before the end (default: ${DEFAULT-VALUE}).")
  private int earlyStoppingPatience = STOPPING.patience();

  @Option(
      names = "--early-stopping-min-delta-per-feature",
      paramLabel = "X",
      description = "Least improvement a gene that counts (default: ${DEFAULT-VALUE}).")
  private double earlyStoppingMinDelta = STOPPING.minDeltaPerFeature();

  @Option(
      names = "--reduce-lr-on-plateau",
      negatable = true,
      fallbackValue = "true",
      description =
          "Cut the learning rate when the validation ELBO no longer improves (default: ${DEFAULT-VALUE}).")
  private boolean reduceLrOnPlateau = DEFAULTS.plateau().isPresent();

  @Option(
      names = "--lr-factor",
      paramLabel = "X",
      description = "Factor of a cut (default: ${DEFAULT-VALUE}).")
  private double lrFactor = PLATEAU.factor();

  @Option(
      names = "--lr-patience",
      paramLabel = "N",
      description = "Epochs without improvement before a cut (default: ${DEFAULT-VALUE}).")
  private int lrPatience = PLATEAU.patience();

  @Option(
      names = "--lr-threshold",
      paramLabel = "X",
      description = "Least improvement that counts (default: ${DEFAULT-VALUE}).")
  private double lrThreshold = PLATEAU.threshold();

  @Option(
      names = "--lr-min",
      paramLabel = "X",
      description = "Least learning rate (default: ${DEFAULT-VALUE}).")
  private double lrMin = PLATEAU.minimum();

  @Option(
      names = "--compute-pearson",
      negatable = true,
      fallbackValue = "true",
      description =
          "Keep correlations of observed and expected proportions in the history (default: ${DEFAULT-VALUE}).")
  private boolean computePearson = DEFAULTS.computePearson();

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "Number type of the widest products: auto, float32 or bfloat16; auto takes bfloat16 where the processor has it (default: auto).")
  private Precision precision = DEFAULTS.precision();

  /** Returns what the options ask for, the preset where they say nothing. */
  public TrainConfig toConfig(TrainConfig preset) {
    OptimiserConfig adam = preset.optimiser();
    EarlyStoppingConfig stopping =
        new EarlyStoppingConfig(earlyStoppingPatience, earlyStoppingMinDelta);
    PlateauConfig plateau = new PlateauConfig(lrFactor, lrPatience, lrThreshold, lrMin);
    return new TrainConfig(
        optional(maxEpochs),
        batchSize,
        trainSize,
        optional(nEpochsKlWarmup),
        new OptimiserConfig(
            lr.orElse(adam.lr()),
            lrSchedule.orElse(adam.lrSchedule()),
            adam.beta1(),
            adam.beta2(),
            eps,
            weightDecay),
        earlyStopping ? Optional.of(stopping) : Optional.empty(),
        reduceLrOnPlateau ? Optional.of(plateau) : Optional.empty(),
        computePearson,
        precision);
  }

  private static OptionalInt optional(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElse(OptionalInt.empty());
  }
}
