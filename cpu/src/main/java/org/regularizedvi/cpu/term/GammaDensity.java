package org.regularizedvi.cpu.term;

import org.regularizedvi.core.prior.GammaPrior;

/** Computes the density of many numbers under one Gamma prior from their sums. */
final class GammaDensity {
  private GammaDensity() {}

  /**
   * {@return minus the log density of all numbers together, nats}
   *
   * @param prior of each
   * @param count how many there are
   * @param sum of the numbers
   * @param sumOfLogs of the natural logarithms of the numbers
   */
  static double negativeLog(GammaPrior prior, int count, double sum, double sumOfLogs) {
    double logNormaliser = prior.logDensity(1) + prior.beta();
    return prior.beta() * sum - (prior.alpha() - 1) * sumOfLogs - count * logNormaliser;
  }
}
