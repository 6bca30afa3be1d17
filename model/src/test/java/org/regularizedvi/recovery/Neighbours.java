package org.regularizedvi.recovery;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;

/** Nearest neighbours by Euclidean distance, all pairs compared. */
final class Neighbours {
  private Neighbours() {}

  /** The nearest rows to each of some rows, among others; never the row itself. */
  static int[][] of(FloatMatrix points, int[] rows, int[] among, int k) {
    return Arrays.stream(rows)
        .parallel()
        .mapToObj(n -> nearest(points, n, among, k))
        .toArray(int[][]::new);
  }

  private static int[] nearest(FloatMatrix points, int n, int[] among, int k) {
    double[] distance = new double[among.length];
    for (int i = 0; i < among.length; i++) {
      for (int c = 0; c < points.columns(); c++) {
        double apart = points.at(n, c) - (double) points.at(among[i], c);
        distance[i] += apart * apart;
      }
    }
    return IntStream.range(0, among.length)
        .filter(i -> among[i] != n)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distance[i]))
        .limit(k)
        .mapToInt(i -> among[i])
        .toArray();
  }
}
