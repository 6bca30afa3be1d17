package org.regularizedvi.cli.options;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds one number for every modality, {@code 2000}, or one each, {@code rna=5000,atac=30000}.
 *
 * @param all the one number, else absent
 * @param named the numbers by modality, in the order given; empty with a number for all
 */
record NumberPerModality(Optional<Double> all, SequencedMap<String, Double> named) {
  NumberPerModality {
    named = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(named));
  }

  static NumberPerModality parse(String text) {
    SequencedMap<String, Double> named = new LinkedHashMap<>();
    if (!text.contains("=")) {
      return new NumberPerModality(Optional.of(number(text, text)), named);
    }
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      String name = part.substring(0, Math.max(0, equals)).strip();
      if (name.isEmpty()) {
        throw expected(text);
      }
      if (named.put(name, number(part.substring(equals + 1), text)) != null) {
        throw new TypeConversionException(
            "expected each modality once, found '%s' twice".formatted(name));
      }
    }
    return new NumberPerModality(Optional.empty(), named);
  }

  private static double number(String part, String text) {
    return DecimalText.number(part.strip(), () -> expected(text));
  }

  private static TypeConversionException expected(String text) {
    return new TypeConversionException(
        "expected a number, or NAME=NUMBER with commas between, found '%s'".formatted(text));
  }

  /** {@return the number for a modality, if one is given} */
  Optional<Double> of(String modality) {
    return all.or(() -> Optional.ofNullable(named.get(modality)));
  }

  @Override
  public String toString() {
    return all.map(NumberPerModality::plain)
        .orElseGet(
            () ->
                named.entrySet().stream()
                    .map((Map.Entry<String, Double> e) -> e.getKey() + "=" + plain(e.getValue()))
                    .collect(Collectors.joining(",")));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
