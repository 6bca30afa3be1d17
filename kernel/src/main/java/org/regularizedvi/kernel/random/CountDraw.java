package org.regularizedvi.kernel.random;

/**
 * Draws from GammaPoisson(concentration theta, rate theta / mu) by inversion: the smallest x whose
 * cumulative probability is above a uniform number.
 *
 * <pre>
 *   p(0) = exp(-theta log1p(mu / theta))     p(x + 1) = p(x) (theta + x) / (x + 1) mu / (theta + mu)
 * </pre>
 *
 * Exact to about 1e-13 in probability, in time proportional to the draw; most draws are small.
 * Source of the recurrence: Johnson, Kemp and Kotz, "Univariate Discrete Distributions", 5.2.
 */
public final class CountDraw {
  private static final double TWO_POW_MINUS_24 = 0x1p-24;

  /** Smaller probabilities add nothing to a sum that ends at 1. */
  private static final double LEAST_LOG = -700;

  private CountDraw() {}

  /**
   * Tells whether a uniform number draws 0, whatever bits follow its first 24. This decides most
   * zeros.
   *
   * @param first the first 24 bits of the uniform, a number in [0, 1)
   * @param mu the mean, above 0
   * @param theta the concentration, above 0
   * @return whether the draw is certainly 0
   */
  public static boolean isZero(float first, double mu, double theta) {
    return first + TWO_POW_MINUS_24 <= ofZero(mu, theta);
  }

  /**
   * {@return the uniform number of 48 bits in [0, 1) whose halves are given}
   *
   * @param first the first 24 bits, a number in [0, 1)
   * @param next the next 24 bits, a number in [0, 1)
   */
  public static double uniform(double first, double next) {
    return first + TWO_POW_MINUS_24 * next;
  }

  /** {@return the probability of 0} */
  static double ofZero(double mu, double theta) {
    return Math.exp(-theta * Math.log1p(mu / theta));
  }

  /**
   * Returns the count that a uniform number draws. For the same uniform and theta it never falls as
   * mu rises.
   *
   * @param u a number in [0, 1)
   * @param mu the mean, above 0
   * @param theta the concentration, above 0
   * @return the count, 0 or more
   */
  public static int of(double u, double mu, double theta) {
    double q = mu / (theta + mu);
    double logP = -theta * Math.log1p(mu / theta);
    int x = 0;
    while (logP < LEAST_LOG) {
      logP += Math.log((theta + x) / (x + 1) * q);
      x++;
    }
    double p = Math.exp(logP);
    double sum = p;
    while (u >= sum) {
      p *= (theta + x) / (x + 1) * q;
      x++;
      if (sum + p == sum) {
        return x; // the sum has reached 1 as far as doubles can tell
      }
      sum += p;
    }
    return x;
  }
}
