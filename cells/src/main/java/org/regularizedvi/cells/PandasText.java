package org.regularizedvi.cells;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Renders numbers as Python's {@code str} does, so that categories match what pandas shows. */
public final class PandasText {
  private static final int FIRST_SCIENTIFIC = 16;
  private static final int LAST_FIXED = -4;

  private PandasText() {}

  /**
   * {@return a truth value as text}
   *
   * @param value the truth value
   */
  public static String of(boolean value) {
    return value ? "True" : "False";
  }

  /**
   * {@return a whole number as text}
   *
   * @param value the bits of the number
   * @param signed whether they stand for a signed number
   */
  public static String of(long value, boolean signed) {
    return signed ? Long.toString(value) : Long.toUnsignedString(value);
  }

  /**
   * {@return an entry of a column as text; empty where it is missing}
   *
   * @param column the column
   * @param row the place of the entry
   */
  public static Optional<String> of(Column column, int row) {
    return switch (column) {
      case Column.Categorical(int[] codes, List<String> categories, _) ->
          codes[row] < 0 ? Optional.empty() : Optional.of(categories.get(codes[row]));
      case Column.Text(String[] values) -> Optional.ofNullable(values[row]);
      case Column.Flags(boolean[] values, boolean[] missing) ->
          missing[row] ? Optional.empty() : Optional.of(of(values[row]));
      case Column.Numbers(double[] values, _) when Double.isNaN(values[row]) -> Optional.empty();
      case Column.Numbers(double[] values, boolean whole) ->
          Optional.of(whole ? of((long) values[row], true) : of(values[row], false));
    };
  }

  /**
   * {@return the fewest digits that give a number back}
   *
   * @param value the number
   * @param single whether they need only give back its float32
   */
  public static String of(double value, boolean single) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact =
        new BigDecimal(single ? Float.toString((float) value) : Double.toString(value))
            .stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= LAST_FIXED && exponent < FIRST_SCIENTIFIC) {
      String plain = exact.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return "%s%se%s%02d"
        .formatted(value < 0 ? "-" : "", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
