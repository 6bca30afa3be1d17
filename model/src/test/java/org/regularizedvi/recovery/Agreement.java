package org.regularizedvi.recovery;

import java.util.Arrays;

/** How far two descriptions of the same things agree. */
public final class Agreement {
  private Agreement() {}

  /** Hubert and Arabie's adjusted Rand index: 1 for the same partition, 0 as by chance. */
  static double adjustedRand(int[] a, int[] b) {
    return new org.regularizedvi.maps.Agreement(a, b).adjustedRand();
  }

  /** Pearson's correlation. */
  public static double correlation(double[] x, double[] y) {
    double meanX = Arrays.stream(x).average().orElseThrow();
    double meanY = Arrays.stream(y).average().orElseThrow();
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - meanX) * (x[i] - meanX);
      xy += (x[i] - meanX) * (y[i] - meanY);
      yy += (y[i] - meanY) * (y[i] - meanY);
    }
    return xy / Math.sqrt(xx * yy);
  }
}
