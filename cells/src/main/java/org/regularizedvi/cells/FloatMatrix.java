package org.regularizedvi.cells;

import java.util.Arrays;

/**
 * Holds a dense matrix in row-major order.
 *
 * @param rows the number of rows
 * @param columns the number of columns
 * @param values the entries, length rows * columns
 */
public record FloatMatrix(int rows, int columns, float[] values) {
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
