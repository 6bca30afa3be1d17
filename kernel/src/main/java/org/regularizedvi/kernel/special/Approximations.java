package org.regularizedvi.kernel.special;

/**
 * Holds the constants of the float approximations that all loops over floats use, scalar or vector:
 * Chebyshev fits with relative error below 7e-8 of the fitted term.
 */
public final class Approximations {
  /**
   * exp(u) = 2^k exp(r), k = round(u / ln 2), r = u - k ln 2; exp(r) = 1 + r (E0 + ... + E5 r^5). A
   * float's ln 2 costs an error of 2e-9 k.
   */
  public static final float LOG2_E = 1.4426950408889634f;

  /** Adding it rounds to an integer that then is the low bits of the sum. */
  public static final float ROUNDER = 0x1.8p23f;

  /** Minus the logarithm of 2. */
  public static final float MINUS_LN2 = -0.6931471805599453f;

  /** Coefficient of r. */
  public static final float E0 = 1.000000011f;

  /** Coefficient of r^2. */
  public static final float E1 = 0.5000000013f;

  /** Coefficient of r^3. */
  public static final float E2 = 0.1666650494f;

  /** Coefficient of r^4. */
  public static final float E3 = 0.0416664646f;

  /** Coefficient of r^5. */
  public static final float E4 = 0.008369184382f;

  /** Coefficient of r^6. */
  public static final float E5 = 0.001393368586f;

  /** log(1 + e) = e (P0 + ... + P8 e^8) for e in [0, 1]. */
  public static final float P0 = 0.9999999659f;

  /** Coefficient of e^2. */
  public static final float P1 = -0.4999944498f;

  /** Coefficient of e^3. */
  public static final float P2 = 0.3331812171f;

  /** Coefficient of e^4. */
  public static final float P3 = -0.2483539899f;

  /** Coefficient of e^5. */
  public static final float P4 = 0.1907688074f;

  /** Coefficient of e^6. */
  public static final float P5 = -0.1360224762f;

  /** Coefficient of e^7. */
  public static final float P6 = 0.07751608674f;

  /** Coefficient of e^8. */
  public static final float P7 = -0.02907406468f;

  /** Coefficient of e^9. */
  public static final float P8 = 0.005126102141f;

  /** log(1 + f) = f + f^2 (Q0 + ... + Q8 f^8) for 1 + f in [sqrt(1/2), sqrt(2)]. */
  public static final float Q0 = -0.4999999765f;

  /** Coefficient of f^3. */
  public static final float Q1 = 0.3333333003f;

  /** Coefficient of f^4. */
  public static final float Q2 = -0.2500078124f;

  /** Coefficient of f^5. */
  public static final float Q3 = 0.2000123446f;

  /** Coefficient of f^6. */
  public static final float Q4 = -0.1662664563f;

  /** Coefficient of f^7. */
  public static final float Q5 = 0.1420485595f;

  /** Coefficient of f^8. */
  public static final float Q6 = -0.1312755565f;

  /** Coefficient of f^9. */
  public static final float Q7 = 0.1272267279f;

  /** Coefficient of f^10. */
  public static final float Q8 = -0.07673641502f;

  /** The logarithm of 2. */
  public static final float LN2 = 0.6931471805599453f;

  /** Bits of sqrt(1/2): (bits - these) >> 23 is k of x = 2^k m with m in [sqrt(1/2), sqrt(2)). */
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  /** The bits of a float that are its mantissa. */
  public static final int MANTISSA_MASK = 0x7fffff;

  /** The bit of a float that is its sign. */
  public static final int SIGN_BIT = 0x80000000;

  /** The bits of 1. */
  public static final int ONE_BITS = 0x3f800000;

  /** |a| is cut to this, so that exp(-|a|) stays a normal number. */
  public static final int MAX_LOGIT_BITS = Float.floatToRawIntBits(80f);

  /** log theta is cut to [-23, 20.7]: theta in 1e-10 .. 1e9, its fourth power a float. */
  public static final int MAX_LOG_THETA_BITS = Float.floatToRawIntBits(20.7f);

  /** The bits of the other end of that range, without its sign. */
  public static final int MIN_LOG_THETA_MAGNITUDE = Float.floatToRawIntBits(23f);

  private Approximations() {}
}
