package org.regularizedvi.data.h5ad;

import java.util.function.IntFunction;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.InputException;
import org.regularizedvi.data.PandasText;

/** Lets counts pass and says of anything else which cell and gene has it. */
public final class CountCheck {
  /** Beyond this float32 leaves out whole numbers. */
  private static final double LARGEST = 1 << 24;

  private final String where;
  private final String option;
  private final IntFunction<String> cell;
  private final IntFunction<String> gene;
  private final CountChecks checks;
  private boolean fractional;
  private boolean positive;

  /**
   * Makes a check.
   *
   * @param where names matrix and file
   * @param option how a user would choose a layer
   * @param cell gives the name of a row
   * @param gene gives the name of a column
   */
  public CountCheck(
      String where,
      String option,
      IntFunction<String> cell,
      IntFunction<String> gene,
      CountChecks checks) {
    this.where = where;
    this.option = option;
    this.cell = cell;
    this.gene = gene;
    this.checks = checks;
  }

  /** Tells whether a value that passed was not whole. */
  public boolean fractional() {
    return fractional;
  }

  /**
   * Returns the value as float32.
   *
   * @throws InputException when it is no count
   */
  float accept(double value, int row, int column) {
    if (!(value >= 0 && value <= LARGEST)) {
      throw refuse(value, row, column);
    }
    if (value != Math.rint(value)) {
      if (checks == CountChecks.INTEGERS) {
        throw fraction(value, row, column);
      }
      fractional = true;
    }
    positive |= value > 0;
    return (float) value;
  }

  /**
   * Ends the check.
   *
   * @throws InputException when no value was above zero
   */
  public void finish() {
    if (!positive) {
      throw new InputException(where + " holds no counts at all: every value is zero.");
    }
  }

  private InputException refuse(double value, int row, int column) {
    String expected =
        value > LARGEST && Double.isFinite(value)
            ? "counts up to 16777216 (2^24), beyond which float32 is not exact"
            : "finite counts of zero or more";
    return new InputException(
        "%s has the value %s in cell '%s', gene '%s'; expected %s."
            .formatted(
                where, PandasText.of(value, false), cell.apply(row), gene.apply(column), expected));
  }

  private InputException fraction(double value, int row, int column) {
    return new InputException(
        ("%s has the value %s in cell '%s', gene '%s'; expected whole counts. X may hold normalised"
                + " data: choose where the raw counts are (for example %s), or take the"
                + " values as they are with --allow-non-integer.")
            .formatted(
                where, PandasText.of(value, false), cell.apply(row), gene.apply(column), option));
  }
}
