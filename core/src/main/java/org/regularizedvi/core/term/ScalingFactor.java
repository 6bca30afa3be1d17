package org.regularizedvi.core.term;

import org.regularizedvi.kernel.special.Softplus;

/**
 * Computes a positive factor, softplus(raw) / 0.7, which is close to 1 at raw 0. Feature scaling
 * and the learned factors of modalities are such.
 */
public final class ScalingFactor {
  /** The divisor of softplus. */
  public static final double DIVISOR = 0.7;

  private ScalingFactor() {}

  /**
   * {@return the factor at a raw value}
   *
   * @param raw any number
   */
  public static double value(double raw) {
    return Softplus.value(raw) / DIVISOR;
  }

  /**
   * {@return the factor's derivative by the raw value}
   *
   * @param raw any number
   */
  public static double slope(double raw) {
    return Softplus.derivative(raw) / DIVISOR;
  }

  /** {@return the raw value at which the factor is 1} */
  public static double one() {
    return Softplus.inverse(DIVISOR);
  }
}
