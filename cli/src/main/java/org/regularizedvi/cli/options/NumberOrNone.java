package org.regularizedvi.cli.options;

import java.util.OptionalDouble;
import picocli.CommandLine.TypeConversionException;

/** A number, or {@code none} for what is switched off. */
record NumberOrNone(OptionalDouble value) {
  static NumberOrNone parse(String text) {
    if (text.equalsIgnoreCase("none")) {
      return new NumberOrNone(OptionalDouble.empty());
    }
    try {
      return new NumberOrNone(OptionalDouble.of(Double.parseDouble(text)));
    } catch (NumberFormatException e) {
      throw new TypeConversionException("expected a number or none, found '%s'".formatted(text));
    }
  }

  @Override
  public String toString() {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "none";
  }
}
