package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.model.Results;
import picocli.CommandLine.Option;

/** Holds the options that say which predictions are wanted, and under which name. */
public final class PredictionOptions {
  @Option(
      names = "--quantity",
      paramLabel = "NAME,..",
      description = {
        "counts: draws of counts, a sparse layer each; rate: the expected counts; dispersion: the"
            + " inverse dispersion of each cell and feature; dense layers (default: counts)."
      })
  private QuantityList quantities = new QuantityList(Set.of(PredictedQuantity.COUNTS));

  @Option(
      names = "--n-samples",
      paramLabel = "N",
      description =
          "Posterior draws: counts are drawn once in each, the rate is the mean over them (default:"
              + " one draw of counts, the rate at the posterior means).")
  private Optional<Integer> samples = Optional.empty();

  @Option(
      names = "--no-background",
      description = "Counts and rates without their ambient part (default: with it).")
  private boolean noBackground;

  @Option(
      names = "--features",
      paramLabel = "A,B|@FILE",
      description = "Only these features, as matrices in obsm; @FILE has one a line.")
  private Optional<NameList> features = Optional.empty();

  @Option(
      names = "--layer-out",
      paramLabel = "NAME",
      description =
          "Name of the layer of counts, or with --features of the matrix in obsm; several draws are"
              + " NAME_1, NAME_2, .., the others NAME_rate and NAME_dispersion (default:"
              + " ${DEFAULT-VALUE}).")
  private String layerOut = Results.PREDICTION;

  /** {@return the name of the layer or matrix of counts, from which the others' names follow} */
  public String layerOut() {
    return layerOut;
  }

  /**
   * {@return which quantities of which features are wanted, and how many draws}
   *
   * @param seed makes all draws
   * @param target the file that layers are meant for
   * @throws org.regularizedvi.input.InputException when nothing is asked for, or not at least one
   *     draw
   */
  public PredictionPlan toPlan(long seed, Path target) {
    return new PredictionPlan(
        quantities.quantities(),
        samples.map(OptionalInt::of).orElse(OptionalInt.empty()),
        !noBackground,
        features.map(NameList::names),
        seed,
        target);
  }
}
