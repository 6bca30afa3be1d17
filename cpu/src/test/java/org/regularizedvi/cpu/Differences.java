package org.regularizedvi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/** Central differences in double precision. */
public final class Differences {
  private static final double STEP = 1e-5;

  private Differences() {}

  /**
   * {@return the numbers in double precision, for a textbook's formula}
   *
   * @param values the numbers
   */
  public static double[] doubles(float... values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /**
   * {@return the derivative of a function by one of the numbers that it depends on}
   *
   * @param function depends on the numbers as they are when it is called
   * @param at the numbers
   * @param i the place of the one
   */
  public static double slope(DoubleSupplier function, double[] at, int i) {
    double middle = at[i];
    at[i] = middle + STEP;
    double above = function.getAsDouble();
    at[i] = middle - STEP;
    double below = function.getAsDouble();
    at[i] = middle;
    return (above - below) / (2 * STEP);
  }

  /**
   * Requires derivatives by some numbers to be the differences of a function.
   *
   * @param what the derivatives are by, for messages
   * @param function depends on the numbers as they are when it is called
   * @param at the numbers
   * @param found the derivatives
   * @param tolerance relative to the largest of them
   * @param every looks at each so many of the numbers
   */
  public static void requireSlopes(
      String what,
      DoubleSupplier function,
      double[] at,
      double[] found,
      double tolerance,
      int every) {
    double[] expected =
        IntStream.iterate(0, i -> i < at.length, i -> i + every)
            .mapToDouble(i -> slope(function, at, i))
            .toArray();
    double largest =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(expected[i]))
            .max()
            .orElseThrow();
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i * every])
          .as("%s [%d]", what, i * every)
          .isCloseTo(expected[i], within(tolerance * largest + 1e-12));
    }
  }
}
