package org.regularizedvi.kernel.special;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;
import static java.lang.Math.fma;

/**
 * Computes special functions of single floats in float arithmetic alone, so that every machine
 * gives the same bits: the readable definition of what {@link VectorFunctions} computes of many.
 *
 * <p>NaN gives NaN.
 */
public final class ScalarFunctions {
  /** Above it exp is no float any more. */
  static final float MAX_EXPONENT = 88.72283f;

  /** Below it exp is no normal float any more, and counts as 0. */
  static final float MIN_EXPONENT = -87.33654f;

  /** What the nearest float of ln 2 leaves out. */
  static final float MINUS_LN2_REST = 1.9046542e-9f;

  /** Moves the smallest floats to where they have all their digits. */
  static final float TWO_POW_23 = 0x1p23f;

  private ScalarFunctions() {}

  /**
   * {@return exp(u), within 1.2e-7 of itself; 0 below -87.3 and infinite above 88.7}
   *
   * @param u any number
   */
  public static float exp(float u) {
    if (!(u <= MAX_EXPONENT)) {
      return u + Float.POSITIVE_INFINITY;
    }
    return u < MIN_EXPONENT ? 0f : expOfMiddle(u);
  }

  /** exp(u) = 2^k exp(r), where the result is a normal float. */
  private static float expOfMiddle(float u) {
    float rounded = fma(u, Approximations.LOG2_E, Approximations.ROUNDER);
    float k = rounded - Approximations.ROUNDER;
    float r = fma(k, MINUS_LN2_REST, fma(k, Approximations.MINUS_LN2, u));
    float p = fma(r, Approximations.E5, Approximations.E4);
    p = fma(p, r, Approximations.E3);
    p = fma(p, r, Approximations.E2);
    p = fma(p, r, Approximations.E1);
    p = fma(p, r, Approximations.E0);
    p = fma(p, r, 1f);
    return intBitsToFloat(floatToRawIntBits(p) + (floatToRawIntBits(rounded) << 23));
  }

  /**
   * {@return log(v), within 1.2e-7 of the larger of 1 and |log(v)|; minus infinity at 0, NaN below}
   *
   * @param v any number
   */
  public static float log(float v) {
    if (!(v > 0) || v == Float.POSITIVE_INFINITY) {
      return v == 0 ? Float.NEGATIVE_INFINITY : v < 0 ? Float.NaN : v;
    }
    boolean small = v < Float.MIN_NORMAL;
    int e = floatToRawIntBits(small ? v * TWO_POW_23 : v) - Approximations.SQRT_HALF_BITS;
    float k = (float) (e >> 23) - (small ? 23f : 0f);
    float f =
        intBitsToFloat((e & Approximations.MANTISSA_MASK) + Approximations.SQRT_HALF_BITS) - 1f;
    float p = fma(f, Approximations.Q8, Approximations.Q7);
    p = fma(p, f, Approximations.Q6);
    p = fma(p, f, Approximations.Q5);
    p = fma(p, f, Approximations.Q4);
    p = fma(p, f, Approximations.Q3);
    p = fma(p, f, Approximations.Q2);
    p = fma(p, f, Approximations.Q1);
    p = fma(p, f, Approximations.Q0);
    return fma(f * f, p, fma(k, Approximations.LN2, f));
  }

  /**
   * {@return softplus(a) = log(1 + exp(a)), within 2.5e-7 of itself; where a is below -80, what it
   * is there}
   *
   * @param a any number
   */
  public static float softplus(float a) {
    if (Float.isNaN(a)) {
      return a;
    }
    float e = expOfMinusAbs(a);
    float p = fma(e, Approximations.P8, Approximations.P7);
    p = fma(p, e, Approximations.P6);
    p = fma(p, e, Approximations.P5);
    p = fma(p, e, Approximations.P4);
    p = fma(p, e, Approximations.P3);
    p = fma(p, e, Approximations.P2);
    p = fma(p, e, Approximations.P1);
    p = fma(p, e, Approximations.P0);
    return positive(a) + p * e;
  }

  /**
   * {@return the derivative of softplus, 1 / (1 + exp(-a)), within 2.5e-7 of itself; where a is
   * below -80, what it is there}
   *
   * @param a any number
   */
  public static float sigmoid(float a) {
    if (Float.isNaN(a)) {
      return a;
    }
    float e = expOfMinusAbs(a);
    float numerator = a < 0 ? e : 1f;
    return numerator / (1f + e);
  }

  /** max(a, 0), on the bits. */
  private static float positive(float a) {
    int bits = floatToRawIntBits(a);
    return intBitsToFloat(bits & ~(bits >> 31));
  }

  /** exp(-|a|), with |a| cut to 80. */
  private static float expOfMinusAbs(float a) {
    int magnitude = floatToRawIntBits(a) & ~Approximations.SIGN_BIT;
    int cut = Math.min(magnitude, Approximations.MAX_LOGIT_BITS);
    return expOfMiddle(intBitsToFloat(cut | Approximations.SIGN_BIT));
  }
}
