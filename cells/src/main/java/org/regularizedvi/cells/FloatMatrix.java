package org.regularizedvi.cells;

import java.util.Arrays;

/**
 * A dense matrix in row-major order.
 *
 * @param values length rows * columns
 */
public record FloatMatrix(int rows, int columns, float[] values) {
  public FloatMatrix {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values for a matrix of %d x %d".formatted(values.length, rows, columns));
    }
  }

  public float at(int row, int column) {
    return values[row * columns + column];
  }

  /** Returns a copy of the rows {@code from} to {@code to - 1}. */
  public FloatMatrix rows(int from, int to) {
    return new FloatMatrix(
        to - from, columns, Arrays.copyOfRange(values, from * columns, to * columns));
  }
}
