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
    try {
      double number = Double.parseDouble(text);
      if (number > 0 && Double.isFinite(number)) {
        return new LibrarySize(OptionalDouble.of(number));
      }
    } catch (NumberFormatException e) {
      throw expected(text);
    }
    throw expected(text);
  }

  private static TypeConversionException expected(String text) {
    return new TypeConversionException(
        "expected latent or a number above 0, found '%s'".formatted(text));
  }
}
