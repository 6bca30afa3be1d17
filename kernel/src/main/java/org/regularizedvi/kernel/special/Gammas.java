package org.regularizedvi.kernel.special;

/**
 * The logarithm of the gamma function and its derivative, for positive arguments.
 *
 * <p>Arguments below 10 are moved up by the recurrence, then Stirling's series is summed (NIST DLMF
 * 5.5.1, 5.11.1, 5.11.2).
 */
public final class Gammas {
  private static final double STIRLING_FROM = 10;
  private static final double HALF_LOG_2PI = 0.9189385332046727;

  private Gammas() {}

  /**
   * {@return log Gamma(x), within 8e-15 of the larger of 1 and |log Gamma(x)|}
   *
   * @param x above 0; NaN is returned for any other number
   */
  public static double logGamma(double x) {
    if (!(x > 0)) {
      return Double.NaN;
    }
    double product = 1;
    double u = x;
    while (u < STIRLING_FROM) {
      product *= u;
      u += 1;
    }
    double v = 1 / u;
    double z = v * v;
    double tail =
        v
            * (1 / 12.0
                - z
                    * (1 / 360.0
                        - z
                            * (1 / 1260.0
                                - z
                                    * (1 / 1680.0
                                        - z * (1 / 1188.0 - z * (691 / 360360.0 - z / 156.0))))));
    return (u - 0.5) * Math.log(u) - u + HALF_LOG_2PI + tail - Math.log(product);
  }

  /**
   * {@return psi(x) = d/dx log Gamma(x), within 8e-15 of the larger of 1 and |psi(x)|}
   *
   * @param x above 0; NaN is returned for any other number
   */
  public static double digamma(double x) {
    if (!(x > 0)) {
      return Double.NaN;
    }
    double sum = 0;
    double u = x;
    while (u < STIRLING_FROM) {
      sum += 1 / u;
      u += 1;
    }
    double v = 1 / u;
    double z = v * v;
    double tail =
        z
            * (1 / 12.0
                - z
                    * (1 / 120.0
                        - z
                            * (1 / 252.0
                                - z
                                    * (1 / 240.0
                                        - z * (1 / 132.0 - z * (691 / 32760.0 - z / 12.0))))));
    return Math.log(u) - 0.5 * v - tail - sum;
  }
}
