package org.regularizedvi.data.schema;

import java.math.BigDecimal;

/**
 * Writes numbers as Python's {@code str} does, so that categories are named as users see them in
 * pandas.
 */
public final class PythonText {
  private PythonText() {}

  /** Returns "1" for a whole number, "1.5", "1e-05" or "1e+16" for others. */
  public static String number(double value, boolean whole) {
    if (whole) {
      return Long.toString((long) value);
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    // Double.toString gives the shortest digits that read back, as Python's repr does; only the
    // notation differs.
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      return shortest.scale() > 0 ? shortest.toPlainString() : shortest.toPlainString() + ".0";
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%s%se%s%02d"
        .formatted(value < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
