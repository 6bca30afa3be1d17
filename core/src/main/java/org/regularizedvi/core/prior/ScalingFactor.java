package org.regularizedvi.core.prior;

import org.regularizedvi.kernel.special.Softplus;

/**
 * The scaling factor of a feature, y = softplus(raw) / 0.7: close to 1 at raw 0, where it starts.
 */
public final class ScalingFactor {
  /** What softplus is divided by. */
  public static final double DIVISOR = 0.7;

  private ScalingFactor() {}

  public static double value(double raw) {
    return Softplus.value(raw) / DIVISOR;
  }

  /** dy / d raw. */
  public static double slope(double raw) {
    return Softplus.derivative(raw) / DIVISOR;
  }
}
