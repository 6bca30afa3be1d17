package org.regularizedvi.core.prior;

import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.special.Gammas;
import org.regularizedvi.options.Option;

/**
 * Describes a Gamma distribution, of density beta^alpha x^(alpha-1) exp(-beta x) / Gamma(alpha).
 *
 * @param alpha the shape, above 0
 * @param beta the rate, above 0
 */
public record GammaPrior(
    @Option(help = "Shape of the Gamma prior of %s") double alpha,
    @Option(help = "Rate of the Gamma prior of %s") double beta) {
  /**
   * Checks the components.
   *
   * @throws InputException when a number is not above 0 and finite
   */
  public GammaPrior {
    requirePositive("alpha", alpha);
    requirePositive("beta", beta);
  }

  static void requirePositive(String component, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InputException(
          "%s must be a positive number, but is %s.".formatted(component, value));
    }
  }

  /** {@return the mean of the distribution} */
  public double mean() {
    return alpha / beta;
  }

  /**
   * {@return the natural logarithm of the density}
   *
   * @param x above 0
   */
  public double logDensity(double x) {
    return alpha * Math.log(beta) - Gammas.logGamma(alpha) + (alpha - 1) * Math.log(x) - beta * x;
  }
}
