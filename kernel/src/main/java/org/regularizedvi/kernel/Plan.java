package org.regularizedvi.kernel;

/**
 * Says what a call of the kernel computes, and how.
 *
 * @param activation turns logits into rho
 * @param pass which results are wanted
 * @param noise where the noise of theta comes from
 * @param scale multiplies every gradient, but not the log-likelihoods: -1/N gives the gradients of
 *     a loss that is a mean over N cells
 */
public record Plan(Activation activation, Pass pass, Noise noise, float scale) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the first pass of softmax is asked of another activation
   */
  public Plan {
    if (pass == Pass.SOFTMAX_SUMS && activation != Activation.SOFTMAX) {
      throw new IllegalArgumentException(
          "pass SOFTMAX_SUMS: expected softmax, found " + activation);
    }
  }
}
