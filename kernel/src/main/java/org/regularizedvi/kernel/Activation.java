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
  SOFTMAX
}
