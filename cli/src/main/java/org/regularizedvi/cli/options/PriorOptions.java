package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import picocli.CommandLine.Option;

/** What the parameters are held to. */
public final class PriorOptions {
  private static final PriorConfig DEFAULTS = PriorConfig.recommended();

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
      names = "--dispersion-hyper-prior-mean",
      paramLabel = "X",
      description =
          "What 1/sqrt(theta) is expected to be, theta the inverse dispersion (default: 1/3).")
  private double dispersionMean = DEFAULTS.dispersionHyperPrior().mean();

  @Option(
      names = "--dispersion-hyper-prior-alpha",
      paramLabel = "X",
      description = "How firmly: shape of that prior's Gamma (default: ${DEFAULT-VALUE}).")
  private double dispersionAlpha = DEFAULTS.dispersionHyperPrior().alpha();

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
          "* Mean library size after centring its prior; none: not centred (default: 1.0; published: none).")
  private Optional<NumberOrNone> centering = Optional.empty();

  /** What is not given is as in the preset. */
  public PriorConfig toConfig(PriorConfig preset) {
    return new PriorConfig(
        regulariseDispersion,
        new DispersionHyperPrior(dispersionMean, dispersionAlpha),
        regulariseBackground,
        new GammaPrior(backgroundAlpha, backgroundBeta),
        new GammaPrior(scalingAlpha, scalingBeta),
        libraryLogVarsWeight,
        centering.map(NumberOrNone::value).orElse(preset.libraryLogMeansCenteringSensitivity()));
  }
}
