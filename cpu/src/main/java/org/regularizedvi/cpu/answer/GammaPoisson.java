package org.regularizedvi.cpu.answer;

import org.regularizedvi.kernel.special.Gammas;

/**
 * Computes the log-likelihood of single counts in double precision, in two parts, as most counts
 * are 0 and have the first alone:
 *
 * <pre>
 *   log p(x) = -theta log(1 + mu / theta)
 *            + log Gamma(theta + x) - log Gamma(theta) - log Gamma(x + 1) + x log(mu / (theta + mu))
 * </pre>
 */
final class GammaPoisson {
  /** The products of so many factors are far from overflow. */
  private static final int MOST_FACTORS = 16;

  private GammaPoisson() {}

  /** {@return log p(0), nats} */
  static double ofZero(double mu, double theta) {
    double ratio = mu / theta;
    double sum = 1 + ratio;
    // What rounding took from the sum, the quotient takes from its logarithm (Kahan).
    double log = sum == 1 ? ratio : Math.log(sum) * (ratio / (sum - 1));
    return -theta * log;
  }

  /** {@return log p(x) - log p(0) of a count above 0, nats} */
  static double beyondZero(double x, double mu, double theta) {
    return logRising(theta, x) + x * Math.log(mu / (theta + mu));
  }

  /** {@return log Gamma(theta + x) - log Gamma(theta) - log Gamma(x + 1)} */
  private static double logRising(double theta, double x) {
    if (x > MOST_FACTORS || x != (int) x) {
      return Gammas.logGamma(theta + x) - Gammas.logGamma(theta) - Gammas.logGamma(x + 1);
    }
    double product = 1;
    for (int i = 0; i < (int) x; i++) {
      product *= (theta + i) / (i + 1);
    }
    return Math.log(product);
  }
}
