package org.regularizedvi.kernel;

/**
 * What a count x above 4, or not an integer, adds to the value and to d/d log theta; in double.
 *
 * <p>Shared by both twins, as one count in a hundred of a sparse matrix comes here. With w =
 * mu/(theta + mu), q = theta/(theta + mu):
 *
 * <pre>
 *   value = log Gamma(theta + x) - log Gamma(theta) - log Gamma(x + 1) + x log w
 *   term  = theta (psi(theta + x) - psi(theta)) - x q
 * </pre>
 *
 * Differences of log-gammas and digammas are taken before they are evaluated: with u1 = theta + 5,
 * u2 = theta + x (or theta + x + 5), d = u2 - u1, and Stirling's tails R and S,
 *
 * <pre>
 *   log Gamma(u2) - log Gamma(u1) = (u1 - 1/2) log1p(d/u1) + d log u2 - d + R(u2) - R(u1)
 *   psi(u2) - psi(u1) = log1p(d/u1) + d / (2 u1 u2) + S(u1) - S(u2)
 * </pre>
 *
 * so that large theta costs no digits. Source of the series: NIST DLMF 5.11.
 */
final class LargeCounts {
  private static final int SHIFT = 5;
  private static final int TABLE = 256;

  /** Keeps values finite where mu is 0. */
  private static final double SMALLEST_SHARE = 1e-300;

  private static final double HALF_LOG_2PI = 0.9189385332046727;
  private static final double[] LOG_FACTORIAL = logFactorials();

  /** log((1+s)/(1-s)) = 2 s + s^3 (A0 + ... + A6 s^12) for s up to (sqrt 2 - 1)/(sqrt 2 + 1). */
  private static final double A0 = 0.66666666666666697293;

  private static final double A1 = 0.39999999999898273395;
  private static final double A2 = 0.28571428626533335861;
  private static final double A3 = 0.22222211043822486133;
  private static final double A4 = 0.18182895746801428563;
  private static final double A5 = 0.15331501721207418669;
  private static final double A6 = 0.14619164777186419874;

  private LargeCounts() {}

  /** Puts value and term into result[0] and result[1]; x above 0. */
  static void evaluate(double theta, double mu, double x, double[] result) {
    double r = 1 / (theta + mu);
    double w = Math.max(mu * r, SMALLEST_SHARE);
    double p = theta; // prod_{k < 5} (theta + k)
    double n = 1; // p sum_{k < 5} 1/(theta + k)
    for (int k = 1; k < SHIFT; k++) {
      n = n * (theta + k) + p;
      p *= theta + k;
    }
    double u1 = theta + SHIFT;
    if (x >= SHIFT && x == Math.rint(x)) {
      double d = x - SHIFT;
      double u2 = theta + x;
      double ratio = logRatio(u1, u2, d);
      result[0] =
          Math.log(p) + gammaDifference(u1, u2, d, ratio) + x * Math.log(w) - logFactorial(x);
      result[1] = theta * (digammaDifference(u1, u2, d, ratio) + n / p) - x * theta * r;
    } else {
      double u2 = theta + x + SHIFT;
      double logs = 0;
      double sum = 0;
      for (int k = 0; k < SHIFT; k++) {
        logs += Math.log((theta + k) / (theta + x + k));
        sum += x / ((theta + k) * (theta + x + k));
      }
      double ratio = logRatio(u1, u2, x);
      result[0] = logs + gammaDifference(u1, u2, x, ratio) + x * Math.log(w) - logGammaPlusOne(x);
      result[1] = theta * (digammaDifference(u1, u2, x, ratio) + sum) - x * theta * r;
    }
  }

  /** log(u2/u1) = log1p(d/u1). */
  private static double logRatio(double u1, double u2, double d) {
    if (d > 0.41 * u1) {
      return Math.log(u2 / u1);
    }
    double s = d / (u1 + u2);
    double z = s * s;
    double p = ((((((A6 * z + A5) * z + A4) * z + A3) * z + A2) * z + A1) * z + A0) * z;
    return s * (2 + p);
  }

  private static double gammaDifference(double u1, double u2, double d, double ratio) {
    return (u1 - 0.5) * ratio + d * Math.log(u2) - d + gammaTail(1 / u2) - gammaTail(1 / u1);
  }

  private static double digammaDifference(double u1, double u2, double d, double ratio) {
    double v1 = 1 / u1;
    double v2 = 1 / u2;
    return ratio + 0.5 * d * v1 * v2 + digammaTail(v1 * v1) - digammaTail(v2 * v2);
  }

  /** log Gamma(u) - ((u - 1/2) log u - u + log(2 pi)/2), v = 1/u. */
  private static double gammaTail(double v) {
    double z = v * v;
    return v
        * (1 / 12.0 - z * (1 / 360.0 - z * (1 / 1260.0 - z * (1 / 1680.0 - z * (1 / 1188.0)))));
  }

  /** log u - 1/(2 u) - psi(u), z = 1/u^2. */
  private static double digammaTail(double z) {
    return z * (1 / 12.0 - z * (1 / 120.0 - z * (1 / 252.0 - z * (1 / 240.0 - z * (1 / 132.0)))));
  }

  private static double logFactorial(double x) {
    return x < TABLE
        ? LOG_FACTORIAL[(int) x]
        : (x + 0.5) * Math.log(x) - x + HALF_LOG_2PI + gammaTail(1 / x);
  }

  /** log Gamma(x + 1) for any x > 0. */
  private static double logGammaPlusOne(double x) {
    double product = 1;
    double u = x + 1;
    while (u < 8) {
      product *= u;
      u += 1;
    }
    return (u - 0.5) * Math.log(u) - u + HALF_LOG_2PI + gammaTail(1 / u) - Math.log(product);
  }

  private static double[] logFactorials() {
    double[] table = new double[TABLE];
    for (int x = 2; x < TABLE; x++) {
      table[x] = table[x - 1] + Math.log(x);
    }
    return table;
  }
}
