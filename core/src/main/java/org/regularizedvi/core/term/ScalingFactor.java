package org.regularizedvi.core.term;

import org.regularizedvi.kernel.special.Softplus;

/**
 * A positive factor, softplus(raw) / 0.7: close to 1 at raw 0. Feature scaling and the learned
 * factors of modalities are such.
 */
public final class ScalingFactor {
  /** What softplus is divided by. */
  public static final double DIVISOR = 0.7;

  private ScalingFactor() {}

  /** The factor at a raw value. */
  public static double value(double raw) {
    return Softplus.value(raw) / DIVISOR;
  }

  /** The factor's derivative by the raw value. */
  public static double slope(double raw) {
    return Softplus.derivative(raw) / DIVISOR;
  }

  /** The raw value at which the factor is 1. */
  public static double one() {
    return Softplus.inverse(DIVISOR);
  }
}
