package org.regularizedvi.cli.options;

import java.util.Map;
import picocli.CommandLine.TypeConversionException;

/** A number a modality. */
record Factors(Map<String, Double> named) implements PerModality {
  static final Factors NONE = new Factors(Map.of());

  static Factors parse(String text) {
    ByModality<Double> values = ByModality.parse(text, Converters::number);
    if (values.every().isPresent()) {
      throw new TypeConversionException(
          "expected NAME=VALUE with commas between, found '%s'".formatted(text));
    }
    return new Factors(values.named());
  }
}
