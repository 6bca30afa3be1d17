package org.regularizedvi.maps;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Correlates the profile of each point (Pearson) with the weighted mean of the profiles of its
 * neighbours: of all, of those of its own group, or of those of other groups; and, for comparison,
 * of as many points drawn at random. NaN where a point has no such neighbours, or one of the two
 * profiles is the same number throughout.
 */
public final class ProfileCorrelation {
  private static final int ANY = 1;
  private static final int OTHER = 2;
  private static final double LEAST_VARIANCE = 1e-12;

  private final Profiles profiles;
  private final Graph graph;
  private final int[] groups;
  private final CounterRandom random;
  private final Threads threads;

  /** The points by group, and where each group begins among them. */
  private final int[] byGroup;

  private final int[] begins;

  /** Takes the weight of a neighbour, 0 for none. */
  private interface Weight {
    double of(int point, int edge);
  }

  /**
   * Prepares the correlations.
   *
   * @param profiles of the points
   * @param graph who is whose neighbour, and with which weight
   * @param groups the group of each point, 0, 1, ...
   * @param seed makes the draws
   * @param threads share the work; no bit depends on their number
   * @throws IllegalArgumentException when these are not of the same points
   */
  public ProfileCorrelation(
      Profiles profiles, Graph graph, int[] groups, long seed, Threads threads) {
    if (profiles.rows() != graph.rows() || groups.length != graph.rows()) {
      throw new IllegalArgumentException(
          "%d profiles and %d groups of %d points"
              .formatted(profiles.rows(), groups.length, graph.rows()));
    }
    this.profiles = profiles;
    this.graph = graph;
    this.groups = groups;
    this.random = new CounterRandom(seed);
    this.threads = threads;
    this.begins = new int[Arrays.stream(groups).max().orElse(-1) + 2];
    this.byGroup = new int[groups.length];
    for (int group : groups) {
      begins[group + 1]++;
    }
    for (int group = 0; group + 1 < begins.length; group++) {
      begins[group + 1] += begins[group];
    }
    int[] next = begins.clone();
    for (int i = 0; i < groups.length; i++) {
      byGroup[next[groups[i]]++] = i;
    }
  }

  /** {@return the correlation of each point with all its neighbours} */
  public double[] withAll() {
    return with((_, edge) -> graph.weights()[edge]);
  }

  /** {@return the correlation of each point with its neighbours of its own group} */
  public double[] withSame() {
    return with((point, edge) -> other(point, edge) ? 0 : graph.weights()[edge]);
  }

  /** {@return the correlation of each point with its neighbours of other groups} */
  public double[] withOther() {
    return with((point, edge) -> other(point, edge) ? graph.weights()[edge] : 0);
  }

  /** {@return the number of each point's neighbours of other groups} */
  public int[] others() {
    int[] others = new int[graph.rows()];
    for (int i = 0; i < others.length; i++) {
      for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
        others[i] += other(i, e) ? 1 : 0;
      }
    }
    return others;
  }

  private boolean other(int point, int edge) {
    return groups[graph.indices()[edge]] != groups[point];
  }

  private double[] with(Weight weight) {
    double[] found = new double[graph.rows()];
    threads.each(
        found.length,
        i -> {
          double[] sum = new double[profiles.columns()];
          double weights = 0;
          for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
            double own = weight.of(i, e);
            if (own > 0) {
              add(graph.indices()[e], own, sum);
              weights += own;
            }
          }
          found[i] = weights > 0 ? correlation(i, sum) : Double.NaN;
        });
    return found;
  }

  /** {@return the correlation of each point with as many others as it has neighbours} */
  public double[] withRandom() {
    int points = graph.rows();
    return withDrawn(
        ANY,
        i -> graph.starts()[i + 1] - graph.starts()[i],
        (i, place) -> place < i ? place : place + 1,
        _ -> points - 1);
  }

  /**
   * {@return the correlation of each point with as many points of other groups as it has neighbours
   * of other groups}
   */
  public double[] withRandomOther() {
    int[] others = others();
    return withDrawn(
        OTHER,
        i -> others[i],
        (i, place) -> byGroup[place < begins[groups[i]] ? place : place + size(i)],
        i -> graph.rows() - size(i));
  }

  private int size(int point) {
    return begins[groups[point] + 1] - begins[groups[point]];
  }

  private double[] withDrawn(
      int purpose, IntUnaryOperator number, IntBinaryOperator point, IntUnaryOperator choices) {
    double[] found = new double[graph.rows()];
    threads.each(
        found.length,
        i -> {
          double[] sum = new double[profiles.columns()];
          int draws = number.applyAsInt(i);
          for (int k = 0; k < draws; k++) {
            long word = Integer.toUnsignedLong(random.word(purpose, 0, i, k));
            int place = (int) (word * choices.applyAsInt(i) >>> Integer.SIZE);
            add(point.applyAsInt(i, place), 1, sum);
          }
          found[i] = draws > 0 ? correlation(i, sum) : Double.NaN;
        });
    return found;
  }

  private void add(int point, double weight, double[] sum) {
    for (int e = profiles.starts()[point]; e < profiles.starts()[point + 1]; e++) {
      sum[profiles.indices()[e]] += weight * profiles.values()[e];
    }
  }

  /** {@return Pearson's correlation of a point's profile with a sum, which no factor changes} */
  private double correlation(int point, double[] sum) {
    double[] own = new double[sum.length];
    add(point, 1, own);
    double mean = Arrays.stream(own).sum() / own.length;
    double meanSum = Arrays.stream(sum).sum() / sum.length;
    double squares = 0;
    double squaresSum = 0;
    double products = 0;
    for (int c = 0; c < own.length; c++) {
      squares += (own[c] - mean) * (own[c] - mean);
      squaresSum += (sum[c] - meanSum) * (sum[c] - meanSum);
      products += (own[c] - mean) * (sum[c] - meanSum);
    }
    return Math.min(squares, squaresSum) / own.length < LEAST_VARIANCE
        ? Double.NaN
        : products / Math.sqrt(squares * squaresSum);
  }
}
