package org.regularizedvi.cli.options;

import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/** Holds a number, or {@code none} for what is switched off. */
record NumberOrNone(Optional<Double> value) {
  static NumberOrNone parse(String text) {
    if (text.equalsIgnoreCase("none")) {
      return new NumberOrNone(Optional.empty());
    }
    return new NumberOrNone(
        Optional.of(
            DecimalText.number(
                text,
                () ->
                    new TypeConversionException(
                        "expected a number or none, found '%s'".formatted(text)))));
  }
}
