package org.regularizedvi.core.config;

/** What turns the decoder's last linear map into the scale rho. */
public enum ScaleActivation {
  /** log(1 + exp(a)) a feature: rho need not sum to one, as an additive background asks for. */
  SOFTPLUS,
  /** exp(a) over its sum: rho sums to one a cell, as in scVI. */
  SOFTMAX
}
