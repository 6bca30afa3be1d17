package org.regularizedvi.maps;

/**
 * A symmetric weighted graph without loops, in compressed rows: point {@code i} is joined to {@code
 * indices[e]} by {@code weights[e]} for {@code e} in {@code [starts[i], starts[i + 1])}. Each edge
 * is there from both its ends.
 *
 * @param starts where each point's edges begin, length rows + 1, starting at 0
 * @param indices the point at the other end of each edge, ascending for each point
 * @param weights the weight of each edge, above 0
 */
public record Graph(int[] starts, int[] indices, float[] weights) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when the lengths do not fit each other
   */
  public Graph {
    int edges = starts[starts.length - 1];
    if (starts[0] != 0 || indices.length != edges || weights.length != edges) {
      throw new IllegalArgumentException(
          "starts %d to %d for %d indices and %d weights"
              .formatted(starts[0], edges, indices.length, weights.length));
    }
  }

  /** {@return the number of points} */
  public int rows() {
    return starts.length - 1;
  }

  /** {@return the largest weight, 0 in a graph without edges} */
  float heaviest() {
    float heaviest = 0;
    for (float weight : weights) {
      heaviest = Math.max(heaviest, weight);
    }
    return heaviest;
  }
}
