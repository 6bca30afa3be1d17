package org.regularizedvi.maps;

/**
 * Cells as points in a space of a few dimensions. All coordinates are finite.
 *
 * @param rows the number of points
 * @param columns the number of coordinates of each point
 * @param values the coordinates, row by row, length rows * columns
 */
public record Points(int rows, int columns, float[] values) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the length does not fit, or a coordinate is not finite
   */
  public Points {
    if (rows < 0 || columns < 1 || values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          "%d values for %d points of %d coordinates".formatted(values.length, rows, columns));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "coordinate %d of point %d is %s".formatted(i % columns, i / columns, values[i]));
      }
    }
  }

  /** {@return some of the points, in the order given} */
  Points some(int[] chosen) {
    float[] picked = new float[chosen.length * columns];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(values, chosen[i] * columns, picked, i * columns, columns);
    }
    return new Points(chosen.length, columns, picked);
  }

  /** {@return the Euclidean distance of two points, in double precision} */
  double distance(int a, int b) {
    double sum = 0;
    for (int c = 0; c < columns; c++) {
      double apart = (double) values[a * columns + c] - values[b * columns + c];
      sum += apart * apart;
    }
    return Math.sqrt(sum);
  }
}
