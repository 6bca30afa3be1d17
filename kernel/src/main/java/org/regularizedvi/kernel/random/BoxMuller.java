package org.regularizedvi.kernel.random;

/**
 * Two independent standard normals from two 32-bit words, in float: constants for both twins and
 * the scalar formula.
 *
 * <pre>
 *   u = (w0 >>> 1) 2^-31 + 2^-32 in (0, 1]        r = sqrt(-2 log u)
 *   h = (w1 >> 1) 2^-30 in [-1, 1)                phi = pi h / 2, in the right half circle
 *   z0 = r cos(phi), its sign turned by bit 0 of w1        z1 = r sin(phi)
 * </pre>
 *
 * Small u keep all their bits, so |z| reaches sqrt(2 log 2^32) = 6.66. log, sin and cos are
 * polynomials (Chebyshev fits, absolute error below 1e-7); fused multiply-adds in a fixed order
 * make scalar and vector code agree to the bit.
 *
 * <p>Source: Box and Muller, "A note on the generation of random normal deviates", 1958.
 */
final class BoxMuller {
  static final float TWO_POW_MINUS_31 = 0x1p-31f;
  static final float TWO_POW_MINUS_32 = 0x1p-32f;
  static final float TWO_POW_MINUS_30 = 0x1p-30f;

  /**
   * Bits of sqrt(1/2): a float's bits minus these hold its exponent after moving m to [0.707,
   * 1.414).
   */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final int MANTISSA_MASK = 0x7fffff;
  static final float LN2 = 0.6931471805599453f;

  /** log(1 + f) = f + f^2 (L0 + L1 f + ... + L7 f^7) for 1 + f in [sqrt(1/2), sqrt(2)]. */
  static final float L0 = -0.4999999713f;

  static final float L1 = 0.3333367061f;
  static final float L2 = -0.2500114768f;
  static final float L3 = 0.1997204971f;
  static final float L4 = -0.1658848853f;
  static final float L5 = 0.1483478684f;
  static final float L6 = -0.1415964701f;
  static final float L7 = 0.08787265491f;

  /** sin(pi h / 2) = h (S0 + S1 h^2 + ... + S4 h^8) for h in [-1, 1]. */
  static final float S0 = 1.57079632f;

  static final float S1 = -0.6459637596f;
  static final float S2 = 0.07968991833f;
  static final float S3 = -0.004674143838f;
  static final float S4 = 0.0001516717037f;

  /** cos(pi h / 2) = C0 + C1 h^2 + ... + C4 h^8 for h in [-1, 1]. */
  static final float C0 = 0.999999953f;

  static final float C1 = -1.233698201f;
  static final float C2 = 0.2536506744f;
  static final float C3 = -0.0208105152f;
  static final float C4 = 0.0008581344671f;

  private BoxMuller() {}

  /**
   * Returns z0 (which = 0) or z1 (which = 1) of a pair of words packed by {@link Threefry#pack}.
   */
  static float normal(long pair, int which) {
    float r = radius(Threefry.low(pair));
    int w = Threefry.high(pair);
    float h = (float) (w >> 1) * TWO_POW_MINUS_30;
    float h2 = h * h;
    if (which == 1) {
      float p = Math.fma(h2, S4, S3);
      p = Math.fma(p, h2, S2);
      p = Math.fma(p, h2, S1);
      p = Math.fma(p, h2, S0);
      return p * h * r;
    }
    float p = Math.fma(h2, C4, C3);
    p = Math.fma(p, h2, C2);
    p = Math.fma(p, h2, C1);
    p = Math.fma(p, h2, C0);
    return Float.intBitsToFloat(Float.floatToRawIntBits(p * r) ^ (w << 31));
  }

  private static float radius(int w) {
    float u = Math.fma((float) (w >>> 1), TWO_POW_MINUS_31, TWO_POW_MINUS_32);
    int e = Float.floatToRawIntBits(u) - SQRT_HALF_BITS;
    float k = (float) (e >> 23);
    float f = Float.intBitsToFloat((e & MANTISSA_MASK) + SQRT_HALF_BITS) - 1f;
    float p = Math.fma(f, L7, L6);
    p = Math.fma(p, f, L5);
    p = Math.fma(p, f, L4);
    p = Math.fma(p, f, L3);
    p = Math.fma(p, f, L2);
    p = Math.fma(p, f, L1);
    p = Math.fma(p, f, L0);
    float logU = Math.fma(k, LN2, Math.fma(f * f, p, f));
    return (float) Math.sqrt(-2f * logU);
  }
}
