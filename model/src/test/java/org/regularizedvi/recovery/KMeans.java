package org.regularizedvi.recovery;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.regularizedvi.cells.FloatMatrix;

/** Lloyd's k-means from k-means++ starts, the best of several: a cluster for each row. */
final class KMeans {
  private static final int RESTARTS = 10;
  private static final int ITERATIONS = 100;

  private KMeans() {}

  static int[] cluster(FloatMatrix points, int k) {
    SplittableRandom random = new SplittableRandom(3);
    int[] best = new int[0];
    double least = Double.POSITIVE_INFINITY;
    for (int restart = 0; restart < RESTARTS; restart++) {
      double[][] centres = start(points, k, random);
      int[] clusters = new int[points.rows()];
      double sum = assign(points, centres, clusters);
      double before = Double.POSITIVE_INFINITY;
      for (int i = 0; i < ITERATIONS && sum < before; i++) {
        before = sum;
        move(points, clusters, centres);
        sum = assign(points, centres, clusters);
      }
      if (sum < least) {
        least = sum;
        best = clusters;
      }
    }
    return best;
  }

  /** Arthur and Vassilvitskii 2007: each further centre by its squared distance to the others. */
  private static double[][] start(FloatMatrix points, int k, SplittableRandom random) {
    double[][] centres = new double[k][];
    centres[0] = row(points, random.nextInt(points.rows()));
    double[] nearest = new double[points.rows()];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int c = 1; c < k; c++) {
      for (int n = 0; n < nearest.length; n++) {
        nearest[n] = Math.min(nearest[n], distance(points, n, centres[c - 1]));
      }
      double u = random.nextDouble() * Arrays.stream(nearest).sum();
      int chosen = 0;
      while (chosen < nearest.length - 1 && (u -= nearest[chosen]) > 0) {
        chosen++;
      }
      centres[c] = row(points, chosen);
    }
    return centres;
  }

  /** Returns the sum of squared distances to the nearest centres. */
  private static double assign(FloatMatrix points, double[][] centres, int[] clusters) {
    double sum = 0;
    for (int n = 0; n < clusters.length; n++) {
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double distance = distance(points, n, centres[c]);
        if (distance < least) {
          least = distance;
          clusters[n] = c;
        }
      }
      sum += least;
    }
    return sum;
  }

  /** A centre that lost all its points stays where it is. */
  private static void move(FloatMatrix points, int[] clusters, double[][] centres) {
    double[][] sums = new double[centres.length][points.columns()];
    int[] sizes = new int[centres.length];
    for (int n = 0; n < clusters.length; n++) {
      sizes[clusters[n]]++;
      for (int k = 0; k < points.columns(); k++) {
        sums[clusters[n]][k] += points.at(n, k);
      }
    }
    for (int c = 0; c < centres.length; c++) {
      if (sizes[c] > 0) {
        for (int k = 0; k < points.columns(); k++) {
          centres[c][k] = sums[c][k] / sizes[c];
        }
      }
    }
  }

  private static double[] row(FloatMatrix points, int n) {
    double[] row = new double[points.columns()];
    Arrays.setAll(row, k -> points.at(n, k));
    return row;
  }

  private static double distance(FloatMatrix points, int n, double[] centre) {
    double sum = 0;
    for (int k = 0; k < centre.length; k++) {
      double apart = points.at(n, k) - centre[k];
      sum += apart * apart;
    }
    return sum;
  }
}
