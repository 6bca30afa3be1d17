package org.regularizedvi.cli.options;

import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Holds a number, or {@code none} for what is switched off. */
record NumberOrNone(Optional<Double> value) {
  static NumberOrNone parse(String text) {
    if (text.equalsIgnoreCase("none")) {
      return new NumberOrNone(Optional.empty());
    }
    try {
      return new NumberOrNone(Optional.of(Double.valueOf(text)));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a number or none, found '%s'".formatted(text));
    }
  }
}
