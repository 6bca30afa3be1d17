package org.regularizedvi.cells;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.regularizedvi.input.InputException;

/** Reads numbers that are said for all modalities, or for single ones before that of all. */
final class NumberByModality {
  private NumberByModality() {}

  /** {@return the number for one modality} */
  static OptionalInt of(OptionalInt every, Map<String, Integer> named, String modality) {
    return named.containsKey(modality) ? OptionalInt.of(named.get(modality)) : every;
  }

  /** {@return the number for one modality} */
  static OptionalDouble of(OptionalDouble every, Map<String, Double> named, String modality) {
    return named.containsKey(modality) ? OptionalDouble.of(named.get(modality)) : every;
  }

  /** Refuses numbers that are not from 0 to a limit. */
  static void requireIn(
      String option, double most, OptionalDouble every, Map<String, Double> named) {
    DoubleStream.concat(every.stream(), named.values().stream().mapToDouble(Double::doubleValue))
        .filter(value -> !(value >= 0 && value <= most))
        .forEach(
            value -> {
              throw new InputException(
                  most < Double.MAX_VALUE
                      ? "%s must be 0 to %.0f, but is %s.".formatted(option, most, value)
                      : "%s must be 0 or more, but is %s.".formatted(option, value));
            });
  }

  /** Refuses numbers that are too small. */
  static void require(String option, int least, OptionalInt every, Map<String, Integer> named) {
    IntStream.concat(every.stream(), named.values().stream().mapToInt(Integer::intValue))
        .filter(value -> value < least)
        .forEach(
            value -> {
              throw new InputException(
                  "%s must be %d or more, but is %d.".formatted(option, least, value));
            });
  }
}
