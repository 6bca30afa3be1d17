package org.regularizedvi.maps;

/**
 * The nearest points of each point by Euclidean distance, itself first; of points equally far the
 * earlier one.
 *
 * @param count how many each point has, itself among them
 * @param indices row by row, length rows * count
 * @param distances as the indices, ascending in a row
 */
public record Neighbours(int count, int[] indices, float[] distances) {
  public Neighbours {
    if (count < 1 || indices.length % count != 0 || indices.length != distances.length) {
      throw new IllegalArgumentException(
          "%d indices and %d distances for %d neighbours a point"
              .formatted(indices.length, distances.length, count));
    }
  }

  /**
   * Compares all pairs: exact, and fast enough for hundreds of thousands of cells (DECISIONS/0013).
   *
   * @param count 2 or more, at most the number of points
   */
  public static Neighbours of(Points points, int count, Threads threads) {
    if (count < 2 || count > points.rows()) {
      throw new IllegalArgumentException(
          "expected 2 to %d neighbours, found %d".formatted(points.rows(), count));
    }
    return new ExactSearch(points, count).run(threads);
  }

  /** The number of points. */
  public int rows() {
    return indices.length / count;
  }
}
