package org.regularizedvi.maps;

import java.util.Arrays;

/**
 * Tells how far two groupings of the same cells agree, from the table of how many cells are in each
 * pair of groups.
 */
public final class Agreement {
  private final long[][] both;
  private final long[] ofA;
  private final long[] ofB;
  private final double cells;

  /**
   * Counts the cells of each pair of groups.
   *
   * @param a the group of each cell, 0, 1, ...
   * @param b the other group of each cell, as many
   * @throws IllegalArgumentException when there are no cells, or not as many in both
   */
  public Agreement(int[] a, int[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "groupings of %d and %d cells".formatted(a.length, b.length));
    }
    ofA = new long[Arrays.stream(a).max().orElseThrow() + 1];
    ofB = new long[Arrays.stream(b).max().orElseThrow() + 1];
    both = new long[ofA.length][ofB.length];
    for (int n = 0; n < a.length; n++) {
      both[a[n]][b[n]]++;
      ofA[a[n]]++;
      ofB[b[n]]++;
    }
    cells = a.length;
  }

  /**
   * {@return the adjusted Rand index of Hubert and Arabie (1985): 1 for the same groups, 0 for an
   * agreement as by chance, and a little below 0 for less}
   */
  public double adjustedRand() {
    double together = Arrays.stream(both).mapToDouble(Agreement::pairs).sum();
    double expected = pairs(ofA) * pairs(ofB) / (cells * (cells - 1) / 2);
    double most = (pairs(ofA) + pairs(ofB)) / 2;
    return most == expected ? 1 : (together - expected) / (most - expected);
  }

  private static double pairs(long[] sizes) {
    return Arrays.stream(sizes).mapToDouble(n -> n * (n - 1) / 2.0).sum();
  }

  /**
   * {@return the mutual information divided by the mean of the entropies: 1 for the same groups, 0
   * when one grouping tells nothing about the other}
   */
  public double normalisedInformation() {
    double information = 0;
    for (int i = 0; i < ofA.length; i++) {
      for (int j = 0; j < ofB.length; j++) {
        if (both[i][j] > 0) {
          information +=
              both[i][j] / cells * Math.log(both[i][j] * cells / ((double) ofA[i] * ofB[j]));
        }
      }
    }
    double mean = (entropy(ofA) + entropy(ofB)) / 2;
    return mean == 0 ? 1 : information / mean;
  }

  private double entropy(long[] sizes) {
    return -Arrays.stream(sizes)
        .filter(n -> n > 0)
        .mapToDouble(n -> n / cells * Math.log(n / cells))
        .sum();
  }
}
