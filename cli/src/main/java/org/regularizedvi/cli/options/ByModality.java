package org.regularizedvi.cli.options;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/**
 * Holds one value for all modalities, {@code 64}, or some modalities' own, {@code rna=96,atac=32}.
 *
 * @param every the one value; empty where modalities have their own
 * @param named by modality
 */
record ByModality<T>(Optional<T> every, Map<String, T> named) {
  ByModality {
    named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  static <T> ByModality<T> of(T every) {
    return new ByModality<>(Optional.of(every), Map.of());
  }

  /** Reads values of which there is none for all. */
  static <T> ByModality<T> named(String text, Function<String, T> value) {
    ByModality<T> values = parse(text, value);
    if (values.every.isPresent()) {
      throw new TypeConversionException(
          "expected NAME=VALUE with commas between, found '%s'".formatted(text));
    }
    return values;
  }

  static <T> ByModality<T> parse(String text, Function<String, T> value) {
    if (!text.contains("=")) {
      return of(value.apply(text));
    }
    Map<String, T> named = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int at = part.indexOf('=');
      if (at < 1) {
        throw new TypeConversionException(
            "expected one value, or NAME=VALUE with commas between, found '%s'".formatted(text));
      }
      String name = part.substring(0, at).strip();
      if (named.put(name, value.apply(part.substring(at + 1).strip())) != null) {
        throw new TypeConversionException("expected one value for '%s', found two".formatted(name));
      }
    }
    return new ByModality<>(Optional.empty(), named);
  }
}
