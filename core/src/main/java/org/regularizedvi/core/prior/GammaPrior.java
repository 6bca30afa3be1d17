package org.regularizedvi.core.prior;

import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.special.Gammas;

/**
 * A Gamma distribution by shape alpha and rate beta: density beta^alpha x^(alpha-1) exp(-beta x) /
 * Gamma(alpha).
 */
public record GammaPrior(double alpha, double beta) {
  public GammaPrior {
    if (!(alpha > 0 && beta > 0) || Double.isInfinite(alpha) || Double.isInfinite(beta)) {
      throw new InputException(
          "A Gamma prior needs positive alpha and beta, but has alpha %s and beta %s."
              .formatted(alpha, beta));
    }
  }

  /** The distribution's mean. */
  public double mean() {
    return alpha / beta;
  }

  /** Returns the log of the density at x &gt; 0. */
  public double logDensity(double x) {
    return alpha * Math.log(beta) - Gammas.logGamma(alpha) + (alpha - 1) * Math.log(x) - beta * x;
  }
}
