package org.regularizedvi.model.recovery;

import java.util.Arrays;

/** How far two descriptions of the same things agree. */
public final class Agreement {
  private Agreement() {}

  /** Hubert and Arabie's adjusted Rand index: 1 for the same partition, 0 as by chance. */
  static double adjustedRand(int[] a, int[] b) {
    int rows = Arrays.stream(a).max().orElseThrow() + 1;
    int columns = Arrays.stream(b).max().orElseThrow() + 1;
    long[][] both = new long[rows][columns];
    long[] ofA = new long[rows];
    long[] ofB = new long[columns];
    for (int n = 0; n < a.length; n++) {
      both[a[n]][b[n]]++;
      ofA[a[n]]++;
      ofB[b[n]]++;
    }
    double together = Arrays.stream(both).mapToDouble(Agreement::pairs).sum();
    double expected = pairs(ofA) * pairs(ofB) / pairs(new long[] {a.length});
    return (together - expected) / ((pairs(ofA) + pairs(ofB)) / 2 - expected);
  }

  private static double pairs(long[] sizes) {
    return Arrays.stream(sizes).mapToDouble(n -> n * (n - 1) / 2.0).sum();
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
