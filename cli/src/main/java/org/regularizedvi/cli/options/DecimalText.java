package org.regularizedvi.cli.options;

import java.math.BigInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads numbers as people write them: digits, a point and an exponent. What only Java takes for a
 * number, such as NaN, Infinity, 0x1p3, 1d or digits of other scripts, is none.
 */
final class DecimalText {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private DecimalText() {}

  /**
   * {@return the number that a text says}
   *
   * @param text the text
   * @param otherwise makes the exception for a text that says none
   * @throws TypeConversionException when it says none, or one that is too large
   */
  static double number(String text, Supplier<TypeConversionException> otherwise) {
    if (!NUMBER.matcher(text).matches()) {
      throw otherwise.get();
    }
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new TypeConversionException(
          "expected a number of at most %s in size, found '%s'".formatted(Double.MAX_VALUE, text));
    }
    return value;
  }

  /**
   * {@return the whole number that a text says}
   *
   * @param text the text
   * @param least the smallest that it may be
   * @param most the largest that it may be
   * @throws TypeConversionException when it says none, or another
   */
  static long whole(String text, long least, long most) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException("expected a whole number, found '%s'".formatted(text));
    }
    BigInteger value = new BigInteger(text);
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new TypeConversionException(
          "expected a whole number from %d to %d, found '%s'".formatted(least, most, text));
    }
    return value.longValue();
  }
}
