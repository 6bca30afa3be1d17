package org.regularizedvi.cli.options;

import java.util.OptionalDouble;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds the factor on expression: a number, or each cell's own library size.
 *
 * @param number above 0; empty for the cell's own
 */
public record LibrarySize(OptionalDouble number) {
  static LibrarySize parse(String text) {
    if (text.equals("latent")) {
      return new LibrarySize(OptionalDouble.empty());
    }
    double number = DecimalText.number(text, () -> expected(text));
    if (number <= 0) {
      throw expected(text);
    }
    return new LibrarySize(OptionalDouble.of(number));
  }

  private static TypeConversionException expected(String text) {
    return new TypeConversionException(
        "expected latent or a number above 0, found '%s'".formatted(text));
  }
}
