package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.core.prior.DispersionHyperPrior;
import org.regularizedvi.core.prior.GammaPrior;

/**
 * What the parameters are held to.
 *
 * @param regulariseDispersion whether 1/sqrt(theta) has an Exponential prior with a learned rate
 *     (containment prior)
 * @param dispersionHyperPrior hyper-prior of that rate, {@code dispersion_hyper_prior_mean} and
 *     {@code _alpha}
 * @param regulariseBackground whether the background has a Gamma prior
 * @param background prior of exp(additive_background)
 * @param featureScaling prior of the scaling factors
 * @param libraryLogVarsWeight factor on the variance of the library size prior
 * @param libraryLogMeansCenteringSensitivity expected library size after centring; empty leaves the
 *     prior uncentred
 */
public record PriorConfig(
    boolean regulariseDispersion,
    DispersionHyperPrior dispersionHyperPrior,
    boolean regulariseBackground,
    GammaPrior background,
    GammaPrior featureScaling,
    double libraryLogVarsWeight,
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
        DispersionHyperPrior.defaults(),
        false,
        new GammaPrior(1, 100),
        new GammaPrior(200, 200),
        0.5,
        OptionalDouble.empty());
  }

  public PriorConfig withCentering(OptionalDouble sensitivity) {
    return new PriorConfig(
        regulariseDispersion,
        dispersionHyperPrior,
        regulariseBackground,
        background,
        featureScaling,
        libraryLogVarsWeight,
        sensitivity);
  }
}
