package org.regularizedvi.core.prior;

import org.regularizedvi.input.InputException;

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

  public double mean() {
    return alpha / beta;
  }
}
