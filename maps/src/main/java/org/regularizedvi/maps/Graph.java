package org.regularizedvi.maps;

/**
 * A symmetric weighted graph without loops, in compressed rows: point {@code i} is joined to {@code
 * indices[e]} by {@code weights[e]} for {@code e} in {@code [starts[i], starts[i + 1])}. Indices
 * ascend in a row, weights are above 0, and each edge is there from both its ends.
 */
public record Graph(int[] starts, int[] indices, float[] weights) {
  public Graph {
    int edges = starts[starts.length - 1];
    if (starts[0] != 0 || indices.length != edges || weights.length != edges) {
      throw new IllegalArgumentException(
          "starts %d to %d for %d indices and %d weights"
              .formatted(starts[0], edges, indices.length, weights.length));
    }
  }

  /** The number of points. */
  public int rows() {
    return starts.length - 1;
  }

  /** The largest weight. */
  float heaviest() {
    float heaviest = 0;
    for (float weight : weights) {
      heaviest = Math.max(heaviest, weight);
    }
    return heaviest;
  }
}
