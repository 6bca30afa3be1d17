package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * What the parameters are held to.
 *
 * @param regulariseDispersion whether 1/sqrt(theta) has an Exponential prior with a learned rate
 *     (containment prior)
 * @param regulariseBackground whether the background has a Gamma prior
 * @param dispersionHyperPrior hyper-prior of the dispersion's rate
 * @param background prior of exp(additive_background)
 * @param featureScaling prior of the scaling factors
 * @param libraryLogVarsWeight factor on the variance of the library size prior
 * @param libraryLogMeansCenteringSensitivity expected library size after centring; empty leaves the
 *     prior uncentred
 */
public record PriorConfig(
    @Option(help = "Hold overdispersion towards none") boolean regulariseDispersion,
    @Option(help = "Hold the background to its Gamma prior") boolean regulariseBackground,
    @Option(help = "the rate of the dispersion's prior") DispersionHyperPrior dispersionHyperPrior,
    @Option(name = "additive_bg_prior", help = "the background") GammaPrior background,
    @Option(help = "the scaling factors", name = "feature_scaling_prior") GammaPrior featureScaling,
    @Option(
            help =
                "Factor on the variance of the library size prior; small keeps biology out of it")
        double libraryLogVarsWeight,
    @Option(help = "Mean library size after centring its prior; none: not centred")
        OptionalDouble libraryLogMeansCenteringSensitivity) {

  public PriorConfig {
    Checks.positive("library_log_vars_weight", libraryLogVarsWeight);
    libraryLogMeansCenteringSensitivity.ifPresent(
        s -> Checks.positive("library_log_means_centering_sensitivity", s));
  }

  /** As published, but for the library prior, which is centred at sensitivity 1. */
  public static PriorConfig recommended() {
    return published().withCentering(OptionalDouble.of(1.0));
  }

  public static PriorConfig published() {
    return new PriorConfig(
        true,
        false,
        DispersionHyperPrior.defaults(),
        new GammaPrior(1, 100),
        new GammaPrior(200, 200),
        0.5,
        OptionalDouble.empty());
  }

  public PriorConfig withCentering(OptionalDouble sensitivity) {
    return Records.with(this, "libraryLogMeansCenteringSensitivity", sensitivity);
  }
}
