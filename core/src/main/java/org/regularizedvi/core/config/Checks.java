package org.regularizedvi.core.config;

import org.regularizedvi.input.InputException;

/**
 * Refuses options that are out of range, in one sentence for each way in which an option can be
 * wrong.
 */
final class Checks {
  private Checks() {}

  static void atLeast(String option, long value, long least) {
    if (value < least) {
      throw new InputException(
          "%s must be at least %d, but is %d.".formatted(option, least, value));
    }
  }

  static void positive(String option, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new InputException("%s must be a positive number, but is %s.".formatted(option, value));
    }
  }

  static void above(String option, double value, double bound) {
    if (!(value > bound) || Double.isInfinite(value)) {
      throw new InputException(
          "%s must be a number above %s, but is %s.".formatted(option, bound, value));
    }
  }

  static void notNegative(String option, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new InputException(
          "%s must be zero or a positive number, but is %s.".formatted(option, value));
    }
  }

  static void within(String option, double value, double from, double below) {
    if (!(value >= from && value < below)) {
      throw new InputException(
          "%s must be at least %s and below %s, but is %s.".formatted(option, from, below, value));
    }
  }
}
