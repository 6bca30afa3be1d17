package org.regularizedvi.cli.demo;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well groups of cells mix: the share of a cell's nearest neighbours that are of another group,
 * relative to the share among all other cells. 0 is apart, 1 is as mixed as chance.
 */
public final class Mixing {
  private Mixing() {}

  /** Returns the mixing over all cells, from each cell's exact nearest neighbours. */
  public static double of(int[] groups, int neighbours, Distances distances) {
    long found =
        IntStream.range(0, groups.length)
            .parallel()
            .mapToLong(cell -> strangers(groups, cell, neighbours, distances.from(cell)))
            .sum();
    double expected = 0;
    for (int group : groups) {
      long others = Arrays.stream(groups).filter(g -> g != group).count();
      expected += (double) neighbours * others / (groups.length - 1);
    }
    return found / expected;
  }

  private static long strangers(int[] groups, int cell, int neighbours, double[] distances) {
    distances[cell] = Double.POSITIVE_INFINITY;
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    double farthest = sorted[neighbours - 1];
    return IntStream.range(0, groups.length)
        .filter(other -> distances[other] <= farthest)
        .limit(neighbours)
        .filter(other -> groups[other] != groups[cell])
        .count();
  }
}
