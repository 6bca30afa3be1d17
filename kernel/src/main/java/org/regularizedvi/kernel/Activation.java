package org.regularizedvi.kernel;

/** From logits a to rho. */
public enum Activation {
  /** rho = log(1 + exp(a)). */
  SOFTPLUS,
  /** rho = exp(a - lse), lse the logarithm of the cell's sum of exp(a) over all genes. */
  SOFTMAX
}
