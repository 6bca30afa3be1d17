package org.regularizedvi.cli.options;

import org.regularizedvi.model.config.PriorConfig;
import org.regularizedvi.model.prior.GammaPrior;
import picocli.CommandLine.Option;

/** What the parameters are held to. */
public final class PriorOptions {
  private static final PriorConfig DEFAULTS = PriorConfig.defaults();

  @Option(
      names = "--regularise-dispersion",
      negatable = true,
      fallbackValue = "true",
      description = "Hold overdispersion towards none (default: ${DEFAULT-VALUE}).")
  private boolean regulariseDispersion = DEFAULTS.regulariseDispersion();

  @Option(
      names = "--regularise-background",
      negatable = true,
      fallbackValue = "true",
      description = "Hold the background to its Gamma prior (default: ${DEFAULT-VALUE}).")
  private boolean regulariseBackground = DEFAULTS.regulariseBackground();

  @Option(
      names = "--dispersion-hyper-prior-alpha",
      paramLabel = "X",
      description = "Gamma prior of the overdispersion's rate (default: ${DEFAULT-VALUE}).")
  private double dispersionAlpha = DEFAULTS.dispersionRate().alpha();

  @Option(
      names = "--dispersion-hyper-prior-beta",
      paramLabel = "X",
      description = "Its rate (default: ${DEFAULT-VALUE}).")
  private double dispersionBeta = DEFAULTS.dispersionRate().beta();

  @Option(
      names = "--additive-bg-prior-alpha",
      paramLabel = "X",
      description = "Gamma prior of the background (default: ${DEFAULT-VALUE}).")
  private double backgroundAlpha = DEFAULTS.background().alpha();

  @Option(
      names = "--additive-bg-prior-beta",
      paramLabel = "X",
      description = "Its rate (default: ${DEFAULT-VALUE}).")
  private double backgroundBeta = DEFAULTS.background().beta();

  @Option(
      names = "--feature-scaling-prior-alpha",
      paramLabel = "X",
      description = "Gamma prior of the scaling factors (default: ${DEFAULT-VALUE}).")
  private double scalingAlpha = DEFAULTS.featureScaling().alpha();

  @Option(
      names = "--feature-scaling-prior-beta",
      paramLabel = "X",
      description = "Its rate (default: ${DEFAULT-VALUE}).")
  private double scalingBeta = DEFAULTS.featureScaling().beta();

  @Option(
      names = "--library-log-vars-weight",
      paramLabel = "X",
      description =
          "Factor on the variance of the library size prior; small keeps biology out of it (default: ${DEFAULT-VALUE}).")
  private double libraryLogVarsWeight = DEFAULTS.libraryLogVarsWeight();

  @Option(
      names = "--library-log-means-centering-sensitivity",
      paramLabel = "X|none",
      description =
          "Mean library size after centring its prior; none: not centred, as published (default: ${DEFAULT-VALUE}).")
  private NumberOrNone centering = new NumberOrNone(DEFAULTS.libraryLogMeansCenteringSensitivity());

  public PriorConfig toConfig() {
    return new PriorConfig(
        regulariseDispersion,
        new GammaPrior(dispersionAlpha, dispersionBeta),
        regulariseBackground,
        new GammaPrior(backgroundAlpha, backgroundBeta),
        new GammaPrior(scalingAlpha, scalingBeta),
        libraryLogVarsWeight,
        centering.value());
  }
}
