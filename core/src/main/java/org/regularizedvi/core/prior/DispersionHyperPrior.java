package org.regularizedvi.core.prior;

import org.regularizedvi.input.InputException;

/**
 * The Gamma prior of lambda, the rate of the Exponential prior of 1/sqrt(theta): shape alpha, rate
 * alpha * mean, so that lambda is 1/mean on average.
 *
 * @param mean what 1/sqrt(theta) is expected to be, {@code dispersion_hyper_prior_mean}
 * @param alpha how firmly, {@code dispersion_hyper_prior_alpha}
 */
public record DispersionHyperPrior(double mean, double alpha) {
  public DispersionHyperPrior {
    require("dispersion_hyper_prior_mean", mean);
    require("dispersion_hyper_prior_alpha", alpha);
  }

  /** Gamma(9, 3): theta about 9. */
  public static DispersionHyperPrior defaults() {
    return new DispersionHyperPrior(1.0 / 3, 9);
  }

  public DispersionHyperPrior withMean(double expected) {
    return new DispersionHyperPrior(expected, alpha);
  }

  /** The same as a distribution of lambda. */
  public GammaPrior gamma() {
    return new GammaPrior(alpha, alpha * mean);
  }

  /** Lambda's mean, where it starts. */
  public double rate() {
    return 1 / mean;
  }

  private static void require(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InputException("%s must be a positive number, but is %s.".formatted(option, value));
    }
  }
}
