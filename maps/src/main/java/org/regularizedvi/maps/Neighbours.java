package org.regularizedvi.maps;

/**
 * The nearest points of each point by Euclidean distance, itself first. Of points that are equally
 * far the earlier one comes first.
 *
 * @param count how many each point has, itself among them
 * @param indices the nearest points of each point, row by row, length rows * count
 * @param distances how far they are, in the same order; they ascend in a row
 */
public record Neighbours(int count, int[] indices, float[] distances) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the lengths do not fit each other
   */
  public Neighbours {
    if (count < 1 || indices.length % count != 0 || indices.length != distances.length) {
      throw new IllegalArgumentException(
          "%d indices and %d distances for %d neighbours a point"
              .formatted(indices.length, distances.length, count));
    }
  }

  /**
   * Finds the neighbours by comparing all pairs. The result is exact, and the search fast enough
   * for hundreds of thousands of cells (DECISIONS/0013).
   *
   * @param points the points
   * @param count how many each point gets, itself among them: 2 or more, at most the number of
   *     points
   * @param threads share the work; the bits do not depend on their number
   * @return the neighbours
   * @throws IllegalArgumentException when {@code count} is out of range
   */
  public static Neighbours of(Points points, int count, Threads threads) {
    if (count < 2 || count > points.rows()) {
      throw new IllegalArgumentException(
          "expected 2 to %d neighbours, found %d".formatted(points.rows(), count));
    }
    return new ExactSearch(points, count).run(threads);
  }

  /** {@return the number of points} */
  public int rows() {
    return indices.length / count;
  }
}
