package org.regularizedvi.kernel;

import java.util.Arrays;

/**
 * Counts above 4, and counts that are no integers: a list over the rows of a piece, evaluated in
 * double when it is full enough to fill vectors.
 *
 * <p>Such a count adds to its cell's value and to d/d log theta of its gene, and to nothing that
 * the row itself waits for. With w = mu/(theta + mu), q = theta/(theta + mu):
 *
 * <pre>
 *   value = log Gamma(theta + x) - log Gamma(theta) - log Gamma(x + 1) + x log w
 *   term  = theta (psi(theta + x) - psi(theta)) - x q
 * </pre>
 *
 * Differences of log-gammas and digammas are taken before they are evaluated, so that large theta
 * costs no digits. With p = prod_{k &lt; 5} (theta + k), u1 = theta + 5, u2 = theta + x, d = x - 5,
 * ratio = log(u2/u1) = log1p(d/u1), and Stirling's tails R and S (NIST DLMF 5.11):
 *
 * <pre>
 *   value + log x! = log(p w^5) + (u1 - 1/2) ratio + d (log(u2 w) - 1) + R(u2) - R(u1)
 *   term = theta (sum_{k &lt; 5} 1/(theta + k) + ratio + d/(2 u1 u2) + S(u1) - S(u2) - x/(theta + mu))
 * </pre>
 */
final class LargeCounts {
  /** The largest count whose likelihood is a product of as many factors. */
  static final int LARGEST_SMALL = 4;

  static final double SHIFT = 5;
  static final double LN2 = 0.6931471805599453;

  /** log((1+s)/(1-s)) = s (2 + s^2 (A0 + ... + A6 s^12)) for s up to (sqrt 2 - 1)/(sqrt 2 + 1). */
  static final double A0 = 0.66666666666666697293;

  static final double A1 = 0.39999999999898273395;
  static final double A2 = 0.28571428626533335861;
  static final double A3 = 0.22222211043822486133;
  static final double A4 = 0.18182895746801428563;
  static final double A5 = 0.15331501721207418669;
  static final double A6 = 0.14619164777186419874;

  /** R(u) = log Gamma(u) - ((u - 1/2) log u - u + log(2 pi)/2) = (G0 + G1/u^2 + ...) / u. */
  static final double G0 = 1 / 12.0;

  static final double G1 = -1 / 360.0;
  static final double G2 = 1 / 1260.0;
  static final double G3 = -1 / 1680.0;
  static final double G4 = 1 / 1188.0;

  /** S(u) = log u - 1/(2 u) - psi(u) = (S0 + S1/u^2 + ...) / u^2. */
  static final double S0 = 1 / 12.0;

  static final double S1 = -1 / 120.0;
  static final double S2 = 1 / 252.0;
  static final double S3 = -1 / 240.0;
  static final double S4 = 1 / 132.0;

  /**
   * Bits of sqrt(1/2); less the bias of the exponent, what takes v = 2^k m apart, m in [0.7, 1.4).
   */
  static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  static final long SPLIT_BITS = SQRT_HALF_BITS - (1023L << 52);
  static final long EXPONENT_MASK = 0x7ffL << 52;
  static final long MANTISSA_MASK = (1L << 52) - 1;

  /** An integer below 2^52, put into the low bits of 2^52, is 2^52 more as a double. */
  static final long TWO_POW_52_BITS = Double.doubleToRawLongBits(0x1p52);

  static final double TWO_POW_52_AND_BIAS = 0x1p52 + 1023;

  static final double HALF_LOG_2PI = 0.9189385332046727;

  /** The list is evaluated after a row that leaves it at least this long. */
  private static final int FULL = 256;

  private static final int CAPACITY = FULL + Workspace.PIECE + 8;
  private static final int WIDEST = 8; // doubles in a vector

  final double[] theta = new double[CAPACITY];
  final double[] mu = new double[CAPACITY];
  final double[] count = new double[CAPACITY];
  final double[] value = new double[CAPACITY];
  final double[] term = new double[CAPACITY];
  private final int[] row = new int[CAPACITY];
  private final int[] column = new int[CAPACITY];
  private final float[] spread = new float[CAPACITY];
  private int size;

  /** Adds a count of a cell and a column of the piece. */
  void add(
      int cell, int pieceColumn, double x, float thetaThere, float muThere, float spreadThere) {
    row[size] = cell;
    column[size] = pieceColumn;
    count[size] = x;
    theta[size] = thetaThere;
    mu[size] = Math.max(muThere, Float.MIN_NORMAL);
    spread[size] = spreadThere;
    size++;
  }

  boolean isFull() {
    return size >= FULL;
  }

  void clear() {
    size = 0;
  }

  /** Evaluates the list, adds to sums and gradients, and empties it. */
  void flush(RowLoops loops, Workspace w) {
    evaluate(loops, w);
    float scale = w.plan.scale();
    for (int i = 0; i < size; i++) {
      float s = (float) term[i] * scale;
      int c = column[i];
      w.logThetaSum[c] += s;
      w.logSigmaSum[c] = Math.fma(s, spread[i], w.logSigmaSum[c]);
    }
    size = 0;
  }

  /**
   * Evaluates the counts of a row, adds to sums, puts what they add to d/d log theta where that of
   * small ones is, and empties the list: for a row that waits for it.
   */
  void flushRow(RowLoops loops, Workspace w) {
    evaluate(loops, w);
    for (int i = 0; i < size; i++) {
      w.thetaTerm[column[i]] = (float) term[i];
    }
    size = 0;
  }

  private void evaluate(RowLoops loops, Workspace w) {
    int n = (size + WIDEST - 1) / WIDEST * WIDEST;
    Arrays.fill(theta, size, n, 1);
    Arrays.fill(mu, size, n, 1);
    Arrays.fill(count, size, n, SHIFT);
    loops.largeCounts(this, n);
    double[] logLikelihood = w.sums.logLikelihood();
    boolean valueWanted = w.sumsWanted();
    for (int i = 0; i < size; i++) {
      double x = count[i];
      if (x == Math.rint(x)) {
        value[i] -= LogFactorials.of(x);
      } else {
        fraction(i);
      }
      if (valueWanted) {
        logLikelihood[row[i]] += value[i];
      }
    }
  }

  /** A whole count x >= 5, in the order of operations of the vector loop. */
  void whole(int i) {
    double t0 = theta[i];
    double x = count[i];
    double r = 1 / (t0 + mu[i]);
    double w = mu[i] * r;
    double t = t0 + 1;
    double m = t0 + t;
    double p = t0 * t;
    for (int k = 2; k < SHIFT; k++) {
      t = t0 + k;
      m = Math.fma(m, t, p);
      p *= t;
    }
    double u1 = t0 + SHIFT;
    double u2 = t0 + x;
    double d = x - SHIFT;
    double v1 = 1 / u1;
    double v2 = 1 / u2;
    double ratio = logRatio(u1, u2, d, u2 * v1);
    double z1 = v1 * v1;
    double z2 = v2 * v2;
    double logP = log(w * w * (w * w) * w * p);
    double logU = log(u2 * w);
    value[i] =
        logP
            + Math.fma(u1 - 0.5, ratio, d * (logU - 1))
            + (v2 * gammaTail(z2) - v1 * gammaTail(z1));
    double digammas =
        ratio + d * 0.5 * v1 * v2 + (z1 * digammaTail(z1) - z2 * digammaTail(z2)) + m / p;
    term[i] = t0 * (digammas - x * r);
  }

  /** A count that is no integer, or a whole one below 5: both arguments moved up by 5. */
  private void fraction(int i) {
    double t = theta[i];
    double x = count[i];
    double r = 1 / (t + mu[i]);
    double logs = 0;
    double sum = 0;
    for (int k = 0; k < SHIFT; k++) {
      logs += Math.log((t + k) / (t + x + k));
      sum += x / ((t + k) * (t + x + k));
    }
    double u1 = t + SHIFT;
    double u2 = t + x + SHIFT;
    double v1 = 1 / u1;
    double v2 = 1 / u2;
    double ratio = logRatio(u1, u2, x, u2 * v1);
    value[i] =
        logs
            + (u1 - 0.5) * ratio
            + x * (Math.log(u2) - 1)
            + (v2 * gammaTail(v2 * v2) - v1 * gammaTail(v1 * v1))
            + x * Math.log(mu[i] * r)
            - logGammaPlusOne(x);
    double psi =
        ratio
            + 0.5 * x * v1 * v2
            + (v1 * v1 * digammaTail(v1 * v1) - v2 * v2 * digammaTail(v2 * v2))
            + sum;
    term[i] = t * (psi - x * r);
  }

  /** log(u2/u1), about = u2/u1 to any accuracy, d = u2 - u1 exactly. */
  private static double logRatio(double u1, double u2, double d, double about) {
    long e = Double.doubleToRawLongBits(about) - SPLIT_BITS;
    double k = exponent(e);
    double power = Double.longBitsToDouble(e & EXPONENT_MASK);
    double s = Math.fma(1 - power, u1, d) / (u2 + power * u1);
    return Math.fma(k, LN2, s * atanhTail(s * s));
  }

  private static double log(double v) {
    long e = Double.doubleToRawLongBits(v) - SPLIT_BITS;
    double m = Double.longBitsToDouble((e & MANTISSA_MASK) + SQRT_HALF_BITS);
    double s = (m - 1) / (m + 1);
    return Math.fma(exponent(e), LN2, s * atanhTail(s * s));
  }

  private static double exponent(long e) {
    return Double.longBitsToDouble((e >>> 52) | TWO_POW_52_BITS) - TWO_POW_52_AND_BIAS;
  }

  private static double atanhTail(double y) {
    double a = Math.fma(y, A6, A5);
    a = Math.fma(a, y, A4);
    a = Math.fma(a, y, A3);
    a = Math.fma(a, y, A2);
    a = Math.fma(a, y, A1);
    a = Math.fma(a, y, A0);
    return Math.fma(y, a, 2);
  }

  static double gammaTail(double z) {
    double g = Math.fma(z, G4, G3);
    g = Math.fma(g, z, G2);
    g = Math.fma(g, z, G1);
    return Math.fma(g, z, G0);
  }

  private static double digammaTail(double z) {
    double s = Math.fma(z, S4, S3);
    s = Math.fma(s, z, S2);
    s = Math.fma(s, z, S1);
    return Math.fma(s, z, S0);
  }

  /** log Gamma(x + 1) for any x > 0. */
  static double logGammaPlusOne(double x) {
    double product = 1;
    double u = x + 1;
    while (u < 8) {
      product *= u;
      u += 1;
    }
    double tail = gammaTail(1 / (u * u)) / u;
    return (u - 0.5) * Math.log(u) - u + HALF_LOG_2PI + tail - Math.log(product);
  }
}
