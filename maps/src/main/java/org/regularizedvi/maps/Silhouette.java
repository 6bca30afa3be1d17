package org.regularizedvi.maps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Computes silhouette widths: (b - a) / max(a, b), where a is a cell's mean Euclidean distance to
 * its own group and b that to the nearest other group; -1 to 1. The time grows with the square of
 * the number of cells.
 *
 * <p>Source: Rousseeuw, Journal of Computational and Applied Mathematics 20, 1987; scores as in
 * Luecken et al., Nature Methods 19, 2022.
 */
public final class Silhouette {
  private static final int CELLS_AT_ONCE = 64;

  private Silhouette() {}

  /**
   * {@return how far labels lie apart: (1 + mean width) / 2, so 0.5 means not at all}
   *
   * @param points the cells
   * @param labels the label of each cell, 0, 1, ..., two or more in all
   * @param threads share the work
   */
  public static double separation(Points points, int[] labels, Threads threads) {
    return (1 + Arrays.stream(widths(points, labels, threads)).average().orElseThrow()) / 2;
  }

  /**
   * Scores how well batches mix within labels: the mean over labels of the mean of 1 - |width|. A
   * label of one batch, or of as many batches as cells, does not count.
   *
   * @param points the cells
   * @param labels the label of each cell, 0, 1, ...
   * @param batches the batch of each cell, 0, 1, ...
   * @param threads share the work
   * @return 0 apart to 1 mixed; NaN when no label counts
   */
  public static double mixing(Points points, int[] labels, int[] batches, Threads threads) {
    List<Double> means = new ArrayList<>();
    for (int label = 0; label <= Arrays.stream(labels).max().orElse(-1); label++) {
      int wanted = label;
      int[] cells = IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray();
      int[] of = compact(Arrays.stream(cells).map(cell -> batches[cell]).toArray());
      int groups = Arrays.stream(of).max().orElse(0) + 1;
      if (groups > 1 && groups < cells.length) {
        double[] widths = widths(points.some(cells), of, threads);
        means.add(Arrays.stream(widths).map(w -> 1 - Math.abs(w)).average().orElseThrow());
      }
    }
    return means.stream().mapToDouble(m -> m).average().orElse(Double.NaN);
  }

  /** Renumbers codes so that none between 0 and the largest is missing. */
  private static int[] compact(int[] codes) {
    int[] distinct = Arrays.stream(codes).sorted().distinct().toArray();
    return Arrays.stream(codes).map(code -> Arrays.binarySearch(distinct, code)).toArray();
  }

  private static double[] widths(Points points, int[] groups, Threads threads) {
    PointBlocks blocks = new PointBlocks(points);
    int[] sizes = new int[Arrays.stream(groups).max().orElse(0) + 1];
    for (int group : groups) {
      sizes[group]++;
    }
    double[] widths = new double[points.rows()];
    threads.each(
        (points.rows() + CELLS_AT_ONCE - 1) / CELLS_AT_ONCE,
        piece -> {
          int end = Math.min(points.rows(), (piece + 1) * CELLS_AT_ONCE);
          for (int i = piece * CELLS_AT_ONCE; i < end; i++) {
            widths[i] = width(sums(blocks, i, groups, sizes.length), groups[i], sizes);
          }
        });
    return widths;
  }

  /** Returns the sum of distances from a cell to each group. */
  private static double[] sums(PointBlocks blocks, int cell, int[] groups, int count) {
    double[] sums = new double[count];
    float[] squared = new float[PointBlocks.SIZE];
    for (int block = 0; block < blocks.count(); block++) {
      blocks.squaredDistances(cell, block, squared);
      int first = block * PointBlocks.SIZE;
      for (int c = 0; c < blocks.size(block); c++) {
        sums[groups[first + c]] += Math.sqrt(squared[c]);
      }
    }
    return sums;
  }

  private static double width(double[] sums, int own, int[] sizes) {
    if (sizes[own] == 1) {
      return 0; // by definition
    }
    double within = sums[own] / (sizes[own] - 1);
    double nearest = Double.POSITIVE_INFINITY;
    for (int group = 0; group < sizes.length; group++) {
      if (group != own && sizes[group] > 0) {
        nearest = Math.min(nearest, sums[group] / sizes[group]);
      }
    }
    double larger = Math.max(within, nearest);
    return larger == 0 ? 0 : (nearest - within) / larger;
  }
}
