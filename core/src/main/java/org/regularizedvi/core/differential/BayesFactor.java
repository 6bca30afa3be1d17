package org.regularizedvi.core.differential;

/** How much more probable is one hypothesis than the other? */
final class BayesFactor {
  /** Keeps the factor finite where all samples agree, at 18.4. */
  private static final double EPSILON = 1e-8;

  private BayesFactor() {}

  /** The natural log of the odds of what has probability p. */
  static double of(double p) {
    return Math.log(p + EPSILON) - Math.log(1 - p + EPSILON);
  }
}
