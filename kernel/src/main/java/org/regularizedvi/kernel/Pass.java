package org.regularizedvi.kernel;

/** Says which results a call of the kernel computes. */
public enum Pass {
  /** Computes the log-likelihood of each cell and nothing else; the logits stay as they are. */
  VALUE,
  /**
   * Is the first pass of softmax: computes everything but the gradients of logits and bias, and for
   * each cell the sum of rho dL/drho over the tile's genes; the logits stay as they are.
   */
  SOFTMAX_SUMS,
  /**
   * With softplus computes everything. With softmax it is the second pass, which computes the
   * gradients of logits and bias only, from the finished sums in {@link Cells#rhoGradient}. The
   * logits' gradient replaces the logits.
   */
  GRADIENTS
}
