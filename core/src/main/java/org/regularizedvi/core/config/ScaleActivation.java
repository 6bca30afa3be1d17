package org.regularizedvi.core.config;

/** Names the function that turns the decoder's last linear map a into the scale rho. */
public enum ScaleActivation {
  /**
   * rho is log(1 + exp(a)), feature by feature: it need not sum to one, as an additive background
   * asks for.
   */
  SOFTPLUS,
  /** rho is exp(a) over its sum: it sums to one per cell, as in scVI. */
  SOFTMAX
}
