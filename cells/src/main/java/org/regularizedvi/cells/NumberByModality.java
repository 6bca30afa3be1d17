package org.regularizedvi.cells;

import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.regularizedvi.input.InputException;

/** Reads whole numbers that are said for all modalities, or for single ones before that of all. */
final class NumberByModality {
  private NumberByModality() {}

  /** {@return the number for one modality} */
  static OptionalInt of(OptionalInt every, Map<String, Integer> named, String modality) {
    return named.containsKey(modality) ? OptionalInt.of(named.get(modality)) : every;
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
