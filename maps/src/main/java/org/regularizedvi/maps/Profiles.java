package org.regularizedvi.maps;

/**
 * Holds a few numbers of each point, most of which are 0, in compressed rows: point {@code i} has
 * {@code values[e]} in column {@code indices[e]} for {@code e} in {@code [starts[i], starts[i +
 * 1])}.
 *
 * @param columns the number of numbers of each point
 * @param starts where each point's numbers begin, length rows + 1, starting at 0
 * @param indices the column of each number, each once in a row
 * @param values the numbers that are not 0
 */
public record Profiles(int columns, int[] starts, int[] indices, float[] values) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the lengths do not fit each other
   */
  public Profiles {
    int stored = starts[starts.length - 1];
    if (columns < 1 || starts[0] != 0 || indices.length < stored || values.length < stored) {
      throw new IllegalArgumentException(
          "starts %d to %d for %d indices and %d values of %d columns"
              .formatted(starts[0], stored, indices.length, values.length, columns));
    }
  }

  /** {@return the number of points} */
  public int rows() {
    return starts.length - 1;
  }
}
