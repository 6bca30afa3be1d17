package org.regularizedvi.cells;

import java.util.Arrays;
import org.regularizedvi.input.InputException;

/**
 * Holds a dense matrix in row-major order.
 *
 * @param rows the number of rows
 * @param columns the number of columns
 * @param values the entries, length rows * columns
 */
public record FloatMatrix(int rows, int columns, float[] values) {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when there is another number of entries
   */
  public FloatMatrix {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values for a matrix of %d x %d".formatted(values.length, rows, columns));
    }
  }

  /**
   * {@return room for the entries of a matrix, each 0}
   *
   * @param what names the matrix for a message
   * @param rows the number of rows
   * @param columns the number of columns
   * @throws InputException when there are more entries than an array holds
   */
  public static float[] room(String what, int rows, int columns) {
    requireRoom(what, rows, columns);
    return new float[rows * columns];
  }

  /**
   * Requires that the entries of a matrix fit an array.
   *
   * @param what names the matrix for a message
   * @param rows the number of rows
   * @param columns the number of columns
   * @throws InputException when there are more entries than an array holds
   */
  public static void requireRoom(String what, int rows, int columns) {
    long entries = (long) rows * columns;
    if (entries > LONGEST_ARRAY) {
      throw new InputException(
          "%s of %,d rows x %,d columns has %,d values; expected at most %,d, as many as a matrix in memory can have: take fewer cells at a time."
              .formatted(what, rows, columns, entries, LONGEST_ARRAY));
    }
  }

  /**
   * {@return an entry}
   *
   * @param row its row
   * @param column its column
   */
  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /**
   * {@return a copy of the rows {@code from} to {@code to - 1}}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public FloatMatrix rows(int from, int to) {
    return new FloatMatrix(
        to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
  }
}
