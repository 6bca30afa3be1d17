package org.regularizedvi.core.differential;

/** Computes the Bayes factor: how much more probable one hypothesis is than the other. */
final class BayesFactor {
  /** Keeps the factor finite where all samples agree, at 18.4. */
  private static final double EPSILON = 1e-8;

  private BayesFactor() {}

  /** {@return the natural logarithm of the odds of a hypothesis that has probability p} */
  static double of(double p) {
    return Math.log(p + EPSILON) - Math.log(1 - p + EPSILON);
  }
}
