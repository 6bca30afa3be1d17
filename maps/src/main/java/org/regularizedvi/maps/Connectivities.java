package org.regularizedvi.maps;

import java.util.Arrays;

/**
 * Computes UMAP's weights between neighbouring points, as {@code umap.umap_.fuzzy_simplicial_set}
 * makes them for scanpy:
 *
 * <pre>
 *   w(i to j) = exp(-max(0, d(i, j) - rho_i) / sigma_i)    rho_i: the smallest distance above 0
 *   sigma_i so that the w from i add up to log2(neighbours)
 *   w(i, j)   = w(i to j) + w(j to i) - w(i to j) w(j to i)
 * </pre>
 *
 * <p>Source: McInnes, Healy and Melville, "UMAP", arXiv:1802.03426, algorithms 2 and 3.
 */
public final class Connectivities {
  private static final int STEPS = 64;
  private static final double TOLERANCE = 1e-5;
  private static final double LEAST_OF_MEAN = 1e-3;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Connectivities() {}

  /**
   * {@return the largest number of points whose neighbours and graph fit arrays} Each point is
   * joined to its neighbours and, where these have others, from them.
   *
   * @param count the neighbours of each point, itself among them: 2 or more
   */
  public static int mostPoints(int count) {
    return (int) (LONGEST_ARRAY / (2L * (count - 1)));
  }

  /**
   * {@return the graph of all points, whose weights are in (0, 1]}
   *
   * @param neighbours the nearest points of each point
   */
  public static Graph of(Neighbours neighbours) {
    Graph there = oneWay(neighbours);
    return union(there, transposed(there));
  }

  private static Graph oneWay(Neighbours neighbours) {
    int count = neighbours.count();
    double mean = mean(neighbours.distances(), 0, neighbours.distances().length);
    int[] starts = new int[neighbours.rows() + 1];
    int[] indices = new int[neighbours.indices().length];
    float[] weights = new float[indices.length];
    int n = 0;
    for (int i = 0; i < neighbours.rows(); i++) {
      int row = i * count;
      float rho = smallestAboveZero(neighbours.distances(), row, count);
      float sigma = sigma(neighbours.distances(), row, count, rho, mean);
      long[] sorted = new long[count];
      for (int k = 0; k < count; k++) {
        sorted[k] = (long) neighbours.indices()[row + k] << 32 | k;
      }
      Arrays.sort(sorted);
      for (long entry : sorted) {
        int to = (int) (entry >>> 32);
        float beyond = neighbours.distances()[row + (int) entry] - rho;
        float weight = beyond <= 0 || sigma == 0 ? 1 : (float) Math.exp(-(beyond / sigma));
        if (to != i && weight > 0) {
          indices[n] = to;
          weights[n++] = weight;
        }
      }
      starts[i + 1] = n;
    }
    return new Graph(starts, Arrays.copyOf(indices, n), Arrays.copyOf(weights, n));
  }

  private static double mean(float[] values, int from, int count) {
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += values[i];
    }
    return sum / count;
  }

  private static float smallestAboveZero(float[] ascending, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (ascending[i] > 0) {
        return ascending[i];
      }
    }
    return 0;
  }

  /** Halves the interval until the weights add up. */
  private static float sigma(float[] distances, int row, int count, float rho, double mean) {
    double target = Math.log(count) / Math.log(2);
    double low = 0;
    double high = Double.POSITIVE_INFINITY;
    double sigma = 1;
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      for (int k = 1; k < count; k++) {
        float beyond = distances[row + k] - rho;
        sum += beyond > 0 ? Math.exp(-(beyond / sigma)) : 1;
      }
      if (Math.abs(sum - target) < TOLERANCE) {
        break;
      }
      if (sum > target) {
        high = sigma;
        sigma = (low + high) / 2;
      } else {
        low = sigma;
        sigma = high == Double.POSITIVE_INFINITY ? sigma * 2 : (low + high) / 2;
      }
    }
    double least = LEAST_OF_MEAN * (rho > 0 ? mean(distances, row, count) : mean);
    return (float) Math.max(sigma, least);
  }

  private static Graph transposed(Graph graph) {
    int[] starts = new int[graph.starts().length];
    for (int to : graph.indices()) {
      starts[to + 1]++;
    }
    Arrays.parallelPrefix(starts, Integer::sum);
    int[] next = starts.clone();
    int[] indices = new int[graph.indices().length];
    float[] weights = new float[indices.length];
    for (int i = 0; i < graph.rows(); i++) {
      for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
        int at = next[graph.indices()[e]]++;
        indices[at] = i;
        weights[at] = graph.weights()[e];
      }
    }
    return new Graph(starts, indices, weights);
  }

  private static Graph union(Graph a, Graph b) {
    int[] starts = new int[a.starts().length];
    int[] indices = new int[Math.addExact(a.indices().length, b.indices().length)];
    float[] weights = new float[indices.length];
    int n = 0;
    for (int i = 0; i < a.rows(); i++) {
      int p = a.starts()[i];
      int q = b.starts()[i];
      while (p < a.starts()[i + 1] || q < b.starts()[i + 1]) {
        int inA = p < a.starts()[i + 1] ? a.indices()[p] : Integer.MAX_VALUE;
        int inB = q < b.starts()[i + 1] ? b.indices()[q] : Integer.MAX_VALUE;
        indices[n] = Math.min(inA, inB);
        float there = inA <= inB ? a.weights()[p++] : 0;
        float back = inB <= inA ? b.weights()[q++] : 0;
        weights[n++] = there + back - there * back;
      }
      starts[i + 1] = n;
    }
    return new Graph(starts, Arrays.copyOf(indices, n), Arrays.copyOf(weights, n));
  }
}
