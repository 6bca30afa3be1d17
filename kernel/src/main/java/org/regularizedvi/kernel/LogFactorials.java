package org.regularizedvi.kernel;

/**
 * The logarithm of x!, which the likelihood of a count needs and which depends on the data alone: a
 * table for counts up to 255, Stirling's series (NIST DLMF 5.11.1) beyond.
 */
public final class LogFactorials {
  private static final double[] TABLE = new double[256];

  static {
    for (int x = 2; x < TABLE.length; x++) {
      TABLE[x] = TABLE[x - 1] + Math.log(x);
    }
  }

  private LogFactorials() {}

  /**
   * {@return log x!}
   *
   * @param x a whole number, 0 or more
   */
  public static double of(double x) {
    return x < TABLE.length
        ? TABLE[(int) x]
        : (x + 0.5) * Math.log(x)
            - x
            + LargeCounts.HALF_LOG_2PI
            + LargeCounts.gammaTail(1 / (x * x)) / x;
  }

  /**
   * {@return log x! of a count above 4, or log Gamma(x + 1) of one that is no whole number; 0 for a
   * smaller whole one, which has it in the product that its likelihood is computed by}
   *
   * @param x a count, 0 or more
   */
  public static double ofLarge(double x) {
    if (x != Math.rint(x)) {
      return LargeCounts.logGammaPlusOne(x);
    }
    return x > LargeCounts.LARGEST_SMALL ? of(x) : 0;
  }
}
