package org.regularizedvi.kernel.special;

/** softplus(a) = log(1 + exp(a)), its derivative and inverse, without overflow or lost digits. */
public final class Softplus {
  private Softplus() {}

  /** log(1 + exp(a)). */
  public static double value(double a) {
    return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
  }

  /** d/da softplus(a) = 1 / (1 + exp(-a)). */
  public static double derivative(double a) {
    double e = Math.exp(-Math.abs(a));
    return a >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** The a with softplus(a) = y, for y &gt; 0; NaN for y &lt; 0. */
  public static double inverse(double y) {
    return y + Math.log(-Math.expm1(-y));
  }
}
