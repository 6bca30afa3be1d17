package org.regularizedvi.kernel;

/** What one call computes. */
public enum Pass {
  /** The log-likelihood of each cell, nothing else; logits stay. */
  VALUE,
  /**
   * First pass of softmax: everything but the gradients of logits and bias, and for each cell the
   * sum of rho dL/drho; logits stay.
   */
  SOFTMAX_SUMS,
  /**
   * Softplus: everything. Softmax: the second pass, gradients of logits and bias only, from the
   * finished sums in {@link Cells#rhoGradient}. The logits' gradient replaces the logits.
   */
  GRADIENTS
}
