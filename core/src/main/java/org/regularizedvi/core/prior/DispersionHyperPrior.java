package org.regularizedvi.core.prior;

import java.util.OptionalDouble;
import org.regularizedvi.options.Option;

/**
 * Describes the Gamma prior of lambda, which is the rate of the Exponential prior of 1/sqrt(theta),
 * or with bursts of the technical standard deviation. Its shape is alpha and its rate alpha * mean,
 * so that lambda is 1/mean on average.
 *
 * @param mean what is expected of what lambda is the rate of, above 0 ({@code
 *     dispersion_hyper_prior_mean})
 * @param alpha how firmly it is expected, above 0 ({@code dispersion_hyper_prior_alpha}); left out:
 *     9
 */
public record DispersionHyperPrior(
    @Option(
            help = "What 1/sqrt(theta) is expected to be, theta the inverse dispersion",
            standard = "1/3")
        double mean,
    @Option(help = "How firmly: shape of that prior's Gamma", standard = "9, or 2 with bursts")
        OptionalDouble alpha) {
  private static final double ALPHA = 9;
  private static final double ALPHA_OF_VARIANCE = 2;

  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public DispersionHyperPrior {
    GammaPrior.requirePositive("mean", mean);
    alpha.ifPresent(shape -> GammaPrior.requirePositive("alpha", shape));
  }

  /** {@return Gamma(9, 3), which puts theta at about 9} */
  public static DispersionHyperPrior defaults() {
    return new DispersionHyperPrior(1.0 / 3, OptionalDouble.empty());
  }

  /** {@return the same prior as a technical variance has it: alpha is 2 where it is left out} */
  public DispersionHyperPrior ofVariance() {
    return new DispersionHyperPrior(mean, OptionalDouble.of(alpha.orElse(ALPHA_OF_VARIANCE)));
  }

  /**
   * {@return the same prior with another mean}
   *
   * @param expected what is expected of what lambda is the rate of
   */
  public DispersionHyperPrior withMean(double expected) {
    return new DispersionHyperPrior(expected, alpha);
  }

  /** {@return the same as a distribution of lambda} */
  public GammaPrior gamma() {
    double shape = alpha.orElse(ALPHA);
    return new GammaPrior(shape, shape * mean);
  }

  /** {@return the mean of lambda, where lambda starts} */
  public double rate() {
    return 1 / mean;
  }
}
