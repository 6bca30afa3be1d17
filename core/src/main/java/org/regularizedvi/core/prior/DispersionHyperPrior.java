package org.regularizedvi.core.prior;

import org.regularizedvi.options.Option;

/**
 * Describes the Gamma prior of lambda, which is the rate of the Exponential prior of 1/sqrt(theta).
 * Its shape is alpha and its rate alpha * mean, so that lambda is 1/mean on average.
 *
 * @param mean what 1/sqrt(theta) is expected to be, above 0 ({@code dispersion_hyper_prior_mean})
 * @param alpha how firmly it is expected, above 0 ({@code dispersion_hyper_prior_alpha})
 */
public record DispersionHyperPrior(
    @Option(
            help = "What 1/sqrt(theta) is expected to be, theta the inverse dispersion",
            standard = "1/3")
        double mean,
    @Option(help = "How firmly: shape of that prior's Gamma") double alpha) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public DispersionHyperPrior {
    GammaPrior.requirePositive("mean", mean);
    GammaPrior.requirePositive("alpha", alpha);
  }

  /** {@return Gamma(9, 3), which puts theta at about 9} */
  public static DispersionHyperPrior defaults() {
    return new DispersionHyperPrior(1.0 / 3, 9);
  }

  /**
   * {@return the same prior with another mean}
   *
   * @param expected what 1/sqrt(theta) is expected to be
   */
  public DispersionHyperPrior withMean(double expected) {
    return new DispersionHyperPrior(expected, alpha);
  }

  /** {@return the same as a distribution of lambda} */
  public GammaPrior gamma() {
    return new GammaPrior(alpha, alpha * mean);
  }

  /** {@return the mean of lambda, where lambda starts} */
  public double rate() {
    return 1 / mean;
  }
}
