package org.regularizedvi.kernel;

/**
 * Constants of the float approximations that both twins use, Chebyshev fits with relative error
 * below 7e-8 of the fitted term.
 */
final class Approximations {
  /**
   * exp(u) = 2^k exp(r), k = round(u / ln 2), r = u - k ln 2; exp(r) = 1 + r (E0 + ... + E5 r^5). A
   * float's ln 2 costs an error of 2e-9 k.
   */
  static final float LOG2_E = 1.4426950408889634f;

  /** Adding it rounds to an integer that then is the low bits of the sum. */
  static final float ROUNDER = 0x1.8p23f;

  static final float MINUS_LN2 = -0.6931471805599453f;
  static final float E0 = 1.000000011f;
  static final float E1 = 0.5000000013f;
  static final float E2 = 0.1666650494f;
  static final float E3 = 0.0416664646f;
  static final float E4 = 0.008369184382f;
  static final float E5 = 0.001393368586f;

  /** log(1 + e) = e (P0 + ... + P8 e^8) for e in [0, 1]. */
  static final float P0 = 0.9999999659f;

  static final float P1 = -0.4999944498f;
  static final float P2 = 0.3331812171f;
  static final float P3 = -0.2483539899f;
  static final float P4 = 0.1907688074f;
  static final float P5 = -0.1360224762f;
  static final float P6 = 0.07751608674f;
  static final float P7 = -0.02907406468f;
  static final float P8 = 0.005126102141f;

  /** log(1 + f) = f + f^2 (Q0 + ... + Q8 f^8) for 1 + f in [sqrt(1/2), sqrt(2)]. */
  static final float Q0 = -0.4999999765f;

  static final float Q1 = 0.3333333003f;
  static final float Q2 = -0.2500078124f;
  static final float Q3 = 0.2000123446f;
  static final float Q4 = -0.1662664563f;
  static final float Q5 = 0.1420485595f;
  static final float Q6 = -0.1312755565f;
  static final float Q7 = 0.1272267279f;
  static final float Q8 = -0.07673641502f;

  static final float LN2 = 0.6931471805599453f;

  /** Bits of sqrt(1/2): (bits - these) >> 23 is k of x = 2^k m with m in [sqrt(1/2), sqrt(2)). */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int MANTISSA_MASK = 0x7fffff;
  static final int SIGN_BIT = 0x80000000;
  static final int ONE_BITS = 0x3f800000;

  /** |a| is cut to this, so that exp(-|a|) stays a normal number. */
  static final int MAX_LOGIT_BITS = Float.floatToRawIntBits(80f);

  /** log theta is cut to [-23, 20.7]: theta in 1e-10 .. 1e9, its fourth power a float. */
  static final int MAX_LOG_THETA_BITS = Float.floatToRawIntBits(20.7f);

  static final int MIN_LOG_THETA_MAGNITUDE = Float.floatToRawIntBits(23f);

  private Approximations() {}
}
