package org.regularizedvi.cli.options;

import java.util.Optional;
import java.util.OptionalInt;
import org.regularizedvi.model.config.EarlyStoppingConfig;
import org.regularizedvi.model.config.OptimiserConfig;
import org.regularizedvi.model.config.PlateauConfig;
import org.regularizedvi.model.config.Precision;
import org.regularizedvi.model.config.TrainConfig;
import picocli.CommandLine.Option;

/** How the model is trained. */
public final class TrainingOptions {
  private static final TrainConfig DEFAULTS = TrainConfig.defaults();
  private static final EarlyStoppingConfig STOPPING = EarlyStoppingConfig.defaults();
  private static final PlateauConfig PLATEAU = PlateauConfig.defaults();

  @Option(
      names = "--max-epochs",
      paramLabel = "N",
      description = "Passes over the cells (default: 8,000,000 / cells, at most 400).")
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
          "Epochs until the latent's KL term has its full weight (default: ${DEFAULT-VALUE}).")
  private int nEpochsKlWarmup = DEFAULTS.nEpochsKlWarmup();

  @Option(
      names = "--lr",
      paramLabel = "X",
      description = "Learning rate (default: ${DEFAULT-VALUE}).")
  private double lr = DEFAULTS.optimiser().lr();

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

  public TrainConfig toConfig() {
    OptimiserConfig adam = DEFAULTS.optimiser();
    EarlyStoppingConfig stopping =
        new EarlyStoppingConfig(earlyStoppingPatience, earlyStoppingMinDelta);
    PlateauConfig plateau = new PlateauConfig(lrFactor, lrPatience, lrThreshold, lrMin);
    return new TrainConfig(
        maxEpochs.map(OptionalInt::of).orElse(OptionalInt.empty()),
        batchSize,
        trainSize,
        nEpochsKlWarmup,
        new OptimiserConfig(lr, adam.beta1(), adam.beta2(), eps, weightDecay),
        earlyStopping ? Optional.of(stopping) : Optional.empty(),
        reduceLrOnPlateau ? Optional.of(plateau) : Optional.empty(),
        computePearson,
        precision);
  }
}
