package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Holds the priors of the parameters.
 *
 * @param regulariseDispersion whether 1/sqrt(theta) has an Exponential prior with a learned rate
 *     (containment prior)
 * @param regulariseBackground whether the background has a Gamma prior
 * @param dispersionHyperPrior the hyper-prior of the dispersion's rate
 * @param background the prior of exp(additive_background)
 * @param featureScaling the prior of the scaling factors
 * @param libraryLogVarsWeight the factor on the variance of the library size prior, above 0
 * @param libraryLogMeansCenteringSensitivity the expected library size after centring, above 0;
 *     empty leaves the prior uncentred
 * @param dispersionPriorDirection what the dispersion's prior holds to zero; with bursts it is the
 *     technical standard deviation always
 * @param ambientProfileStrength how many counts a measured profile of ambient RNA stands for, for
 *     each count of the sample's cells, at least 0; it matters only to a model that was given one
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
        OptionalDouble libraryLogMeansCenteringSensitivity,
    @Option(
            help =
                "What the dispersion's prior holds to zero: inverse-sqrt, 1 / sqrt(theta), or sqrt, sqrt(theta)",
            python = Option.Python.NEWEST)
        DispersionDirection dispersionPriorDirection,
    @Option(
            help =
                "With ambient_profile: how firmly it holds the background, in counts that it stands for, for each count of the sample's cells; 0: the background only starts there",
            python = Option.Python.NONE)
        double ambientProfileStrength) {

  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is not positive, or a strength
   *     negative
   */
  public PriorConfig {
    Checks.positive("library_log_vars_weight", libraryLogVarsWeight);
    Checks.notNegative("ambient_profile_strength", ambientProfileStrength);
    libraryLogMeansCenteringSensitivity.ifPresent(
        s -> Checks.positive("library_log_means_centering_sensitivity", s));
  }

  /**
   * {@return the published priors, but for that of the library size, which is centred at
   * sensitivity 1}
   */
  public static PriorConfig recommended() {
    return published().withCentering(OptionalDouble.of(1.0));
  }

  /**
   * {@return a containment prior of the dispersion, no prior of the background, Gamma(200, 200) for
   * the scaling factors, and an uncentred library prior of half the variance}
   */
  public static PriorConfig published() {
    return new PriorConfig(
        true,
        false,
        DispersionHyperPrior.defaults(),
        new GammaPrior(1, 100),
        new GammaPrior(200, 200),
        0.5,
        OptionalDouble.empty(),
        DispersionDirection.INVERSE_SQRT,
        1);
  }

  /**
   * {@return the same with another centring of the library prior}
   *
   * @param sensitivity the expected library size, above 0; empty for none
   */
  public PriorConfig withCentering(OptionalDouble sensitivity) {
    return Records.with(this, "libraryLogMeansCenteringSensitivity", sensitivity);
  }
}
