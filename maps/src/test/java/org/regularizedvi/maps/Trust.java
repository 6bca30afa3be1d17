package org.regularizedvi.maps;

import java.util.stream.IntStream;

/**
 * Trustworthiness of a layout, 0 to 1: how few of a point's neighbours in the plane were far from
 * it before (Venna and Kaski, 2001).
 */
final class Trust {
  private Trust() {}

  static double of(Points points, float[] plane, int k) {
    int n = points.rows();
    Points flat = new Points(n, 2, plane);
    Neighbours near = Neighbours.of(flat, k + 1, Golden.THREADS);
    double intruded = 0;
    for (int i = 0; i < n; i++) {
      int cell = i;
      double[] far = IntStream.range(0, n).mapToDouble(j -> points.distance(cell, j)).toArray();
      for (int m = 1; m <= k; m++) {
        double distance = far[near.indices()[i * (k + 1) + m]];
        long nearer = IntStream.range(0, n).filter(j -> j != cell && far[j] < distance).count();
        intruded += Math.max(0, nearer + 1 - k);
      }
    }
    return 1 - 2 * intruded / ((double) n * k * (2.0 * n - 3.0 * k - 1));
  }
}
