package org.regularizedvi.kernel;

/**
 * What is computed, and how.
 *
 * @param scale multiplies every gradient, not the log-likelihoods: -1/N gives gradients of a loss
 */
public record Plan(Activation activation, Pass pass, Noise noise, float scale) {
  public Plan {
    if (pass == Pass.SOFTMAX_SUMS && activation != Activation.SOFTMAX) {
      throw new IllegalArgumentException(
          "pass SOFTMAX_SUMS: expected softmax, found " + activation);
    }
  }
}
