package org.regularizedvi.kernel;

/**
 * The function that turns a logit a of the decoder into rho, the expression of a gene in a cell,
 * which is never negative.
 */
public enum Activation {
  /** rho = log(1 + exp(a)). */
  SOFTPLUS,
  /**
   * rho = exp(a - lse), where lse is the logarithm of the cell's sum of exp(a) over all genes: rho
   * adds up to 1 in each cell.
   */
  SOFTMAX,
  /**
   * rho = f b, the burst frequency f = log(1 + exp(a)) times the burst size b = log(1 + exp(c)) +
   * intercept with c the logits of {@link BurstSizes}. What is theta otherwise is then the
   * technical variance v of a count, and its inverse dispersion is
   *
   * <pre>
   *   mu^2 / V      V = (exp(l) y / factor)^2 f b^2 + v + 1e-8
   * </pre>
   */
  BURSTS;

  /** {@return whether one pass gives all gradients: softmax needs two} */
  public boolean inOnePass() {
    return this != SOFTMAX;
  }
}
