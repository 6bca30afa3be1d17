package org.regularizedvi.kernel.special;

/**
 * Computes softplus(a) = log(1 + exp(a)), its derivative and its inverse without overflow or lost
 * digits.
 */
public final class Softplus {
  private Softplus() {}

  /**
   * {@return log(1 + exp(a))}
   *
   * @param a any number
   */
  public static double value(double a) {
    return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
  }

  /**
   * {@return the derivative of softplus at a, 1 / (1 + exp(-a))}
   *
   * @param a any number
   */
  public static double derivative(double a) {
    double e = Math.exp(-Math.abs(a));
    return a >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /**
   * {@return the number a for which softplus(a) = y}
   *
   * @param y above 0; NaN is returned for numbers below 0
   */
  public static double inverse(double y) {
    return y + Math.log(-Math.expm1(-y));
  }
}
