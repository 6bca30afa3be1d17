package org.regularizedvi.cells;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.regularizedvi.input.InputException;

/**
 * Lets counts pass and says of anything else which cell and gene has it: at once, or at the end of
 * everything wrong together.
 */
public final class CountCheck {
  /** The largest count; beyond it float32 leaves out whole numbers. */
  private static final double LARGEST = 1 << 24;

  /**
   * The relative distance from a whole number up to which a value is taken for it. Float32 has
   * seven digits, of which a logarithm and its inverse lose one or two; the fractions of normalised
   * values are rarely so close to whole numbers, and never all of them.
   */
  private static final double HAIR = 1e-5;

  /** The largest such distance, whatever the number. */
  private static final double LARGEST_HAIR = 0.05;

  private final String where;
  private final String option;
  private final Supplier<String> elsewhere;
  private final IntFunction<String> cell;
  private final IntFunction<String> gene;
  private final CountChecks checks;
  private final boolean atOnce;
  private final Map<Wrong, Found> wrong = new EnumMap<>(Wrong.class);
  private boolean fractional;
  private long rounded;
  private boolean positive;

  /** Names the ways in which a value can be no count. */
  private enum Wrong {
    NOT_FINITE("finite counts"),
    NEGATIVE("counts of zero or more"),
    TOO_LARGE("counts up to 16777216 (2^24), beyond which float32 is not exact"),
    FRACTION("whole counts");

    private final String expected;

    Wrong(String expected) {
      this.expected = expected;
    }

    static Wrong of(double value) {
      if (!Double.isFinite(value)) {
        return NOT_FINITE;
      }
      return value < 0 ? NEGATIVE : value > LARGEST ? TOO_LARGE : FRACTION;
    }
  }

  /** Holds the first value of a kind and how many there are. */
  private record Found(double value, int row, int column, long count) {}

  /**
   * Makes a check.
   *
   * @param where names matrix and file
   * @param option how a user would choose a layer
   * @param elsewhere says in a clause where whole numbers are instead, or nothing; asked when a
   *     value is no count
   * @param cell gives the name of a row
   * @param gene gives the name of a column
   * @param checks which values may pass for counts
   * @param atOnce whether the first value that is no count ends the reading
   */
  public CountCheck(
      String where,
      String option,
      Supplier<String> elsewhere,
      IntFunction<String> cell,
      IntFunction<String> gene,
      CountChecks checks,
      boolean atOnce) {
    this.where = where;
    this.option = option;
    this.elsewhere = elsewhere;
    this.cell = cell;
    this.gene = gene;
    this.checks = checks;
    this.atOnce = atOnce;
  }

  /** {@return whether a value that passed was not whole} */
  public boolean fractional() {
    return fractional;
  }

  /** {@return how many values that passed were a hair off whole numbers, and became these} */
  public long rounded() {
    return rounded;
  }

  /**
   * {@return whether a value is a whole number from 1 to the largest count, which every check lets
   * pass as it is}
   *
   * @param value the value
   */
  public static boolean isPlain(double value) {
    return value >= 1 && value <= LARGEST && value == (int) value;
  }

  /**
   * {@return whether many values all are: see {@link #isPlain}}
   *
   * @param values the values
   * @param from the place of the first to look at
   * @param to the place behind the last
   */
  public static boolean arePlain(float[] values, int from, int to) {
    // Without branches the compiler makes vectors of each loop; of both in one it would not.
    int outside = 0;
    for (int i = from; i < to; i++) {
      outside |= (int) values[i] - 1 | (int) LARGEST - (int) values[i];
    }
    float fraction = 0;
    for (int i = from; i < to; i++) {
      fraction = Math.max(fraction, values[i] - (int) values[i]);
    }
    return outside >= 0 && fraction == 0;
  }

  /**
   * Checks one value.
   *
   * @param value the value
   * @param row its row, from 0
   * @param column its column, from 0
   * @return the value as float32, the whole number where it is a hair off one; 0 for one that is no
   *     count and will be told of at the end
   * @throws InputException when it is no count and that is to be told at once
   */
  public float accept(double value, int row, int column) {
    positive |= value > 0;
    if (!(value >= 0 && value <= LARGEST)) {
      return refuse(value, row, column);
    }
    double whole = Math.rint(value);
    if (value == whole) {
      return (float) value;
    }
    if (checks == CountChecks.ALLOW_NON_INTEGER) {
      fractional = true;
      return (float) value;
    }
    if (Math.abs(value - whole) > Math.min(HAIR * whole, LARGEST_HAIR)) {
      return refuse(value, row, column);
    }
    rounded++;
    return (float) whole;
  }

  private float refuse(double value, int row, int column) {
    Found one = new Found(value, row, column, 1);
    Wrong kind = Wrong.of(value);
    wrong.merge(
        kind,
        one,
        (a, _) -> new Found(a.value(), a.row(), a.column(), Math.addExact(a.count(), 1)));
    if (atOnce) {
      throw new InputException(sentence(kind, one));
    }
    return 0;
  }

  /**
   * Ends the check.
   *
   * @throws InputException when values were no counts, or none was above zero
   */
  public void finish() {
    if (!wrong.isEmpty()) {
      throw InputException.of(
          wrong.entrySet().stream()
              .map(entry -> sentence(entry.getKey(), entry.getValue()))
              .toList());
    }
    if (!positive) {
      throw new InputException(where + " holds no counts at all: every value is zero.");
    }
  }

  private String sentence(Wrong kind, Found found) {
    return "%s has the value %s in cell '%s', gene '%s'%s; expected %s%s"
        .formatted(
            where,
            PandasText.of(found.value(), false),
            cell.apply(found.row()),
            gene.apply(found.column()),
            found.count() > 1 ? " (the first of %,d such values)".formatted(found.count()) : "",
            kind.expected,
            advice(kind, elsewhere.get()));
  }

  private String advice(Wrong kind, String found) {
    if (kind != Wrong.FRACTION) {
      return found.isEmpty() ? "." : "; " + found + ".";
    }
    return (found.isEmpty()
            ? ". X may hold normalised data: choose where the raw counts are (for example %s)"
                .formatted(option)
            : "; " + found)
        + ", or take the values as they are with --allow-non-integer.";
  }
}
