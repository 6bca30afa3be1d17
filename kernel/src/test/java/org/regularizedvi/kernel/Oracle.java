package org.regularizedvi.kernel;

import org.regularizedvi.kernel.special.Gammas;
import org.regularizedvi.kernel.special.Softplus;

/**
 * The textbook formulas in double, one element at a time, with the sum of the absolute terms of
 * each result, against which errors are measured where terms cancel.
 */
final class Oracle {
  /** What the element gives. */
  double value;

  double perLogMu;
  double perLogTheta;

  /** Sums of absolute terms. */
  double valueTerms;

  double perLogMuTerms;
  double perLogThetaTerms;

  /** log p(x) and its derivatives by log mu and log theta. */
  void likelihood(double theta, double mu, double x) {
    double w = mu / (theta + mu);
    double q = theta / (theta + mu);
    double log1p = Math.log1p(mu / theta);
    double logGammas; // lgamma(theta + x) - lgamma(theta) - lgamma(x + 1)
    double digammas; // psi(theta + x) - psi(theta)
    if (x == Math.rint(x) && x <= 20_000) {
      logGammas = 0;
      digammas = 0;
      for (int k = 0; k < x; k++) {
        logGammas += Math.log((theta + k) / (k + 1));
        digammas += 1 / (theta + k);
      }
    } else {
      logGammas = Gammas.logGamma(theta + x) - Gammas.logGamma(theta) - Gammas.logGamma(x + 1);
      digammas = Gammas.digamma(theta + x) - Gammas.digamma(theta);
    }
    double xLogW = x == 0 ? 0 : x * Math.log(w);
    value = logGammas - theta * log1p + xLogW;
    valueTerms = Math.abs(logGammas) + theta * log1p + Math.abs(xLogW);
    perLogMu = x * q - theta * w;
    perLogMuTerms = x * q + theta * w;
    double zero = theta * log1pMinusShare(mu / theta, w, log1p);
    perLogTheta = theta * digammas - x * q - zero;
    perLogThetaTerms = theta * digammas + x * q + zero;
  }

  /** log1p(v) - w with w = v / (1 + v), which is w^2/2 + w^3/3 + ... */
  private static double log1pMinusShare(double v, double w, double log1p) {
    if (w > 0.01) {
      return log1p - w;
    }
    double sum = 0;
    for (int k = 12; k >= 2; k--) {
      sum = sum * w + 1.0 / k;
    }
    return sum * w * w;
  }

  static double rho(Activation activation, double a, double logSumExp) {
    return activation == Activation.SOFTPLUS
        ? (a > 20 ? a : Softplus.value(a))
        : Math.exp(a - logSumExp);
  }
}
