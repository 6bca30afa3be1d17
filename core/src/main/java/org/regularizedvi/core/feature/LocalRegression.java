package org.regularizedvi.core.feature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Smooths points by local quadratic regression (loess), as Cleveland, Grosse and Shyu's program
 * does it: quadratics are fitted to the nearest points, with tricube weights, at few places, and
 * cubics with the same values and slopes lead from each place to the next. See W. S. Cleveland and
 * E. Grosse, "Computational methods for local regression", Statistics and Computing 1 (1991).
 */
final class LocalRegression {
  /** The share of the neighbours of a fit that may lie between two places, at most. */
  private static final double CELL = 0.2;

  /** How far beyond the outermost points the outermost places lie, in the range of all. */
  private static final double MARGIN = 0.005;

  /** Below this share of its diagonal a pivot counts as zero. */
  private static final double SINGULAR = 1e-12;

  /** The radius of neighbours that are all at one distance, at which they would have no weight. */
  private static final double ONLY = 1.001;

  /** The number of coefficients of a quadratic. */
  private static final int COEFFICIENTS = 3;

  private final double[] x;
  private final double[] y;
  private final int neighbours;

  private LocalRegression(double[] x, double[] y, int neighbours) {
    this.x = x;
    this.y = y;
    this.neighbours = neighbours;
  }

  /**
   * {@return the value of the smooth curve at each point}
   *
   * @param x where the points are, all finite
   * @param y their values
   * @param span the share of all points that each local fit takes
   */
  static double[] smooth(double[] x, double[] y, double span) {
    if (x.length == 0) {
      return new double[0];
    }
    int[] order =
        IntStream.range(0, x.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> x[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] ascending = Arrays.stream(order).mapToDouble(i -> x[i]).toArray();
    double[] values = Arrays.stream(order).mapToDouble(i -> y[i]).toArray();
    int neighbours = Math.clamp((int) (x.length * span + 1e-5), 1, x.length);
    double[] curve =
        new LocalRegression(ascending, values, neighbours).curve((int) (x.length * span * CELL));
    double[] smooth = new double[x.length];
    for (int i = 0; i < order.length; i++) {
      smooth[order[i]] = curve[i];
    }
    return smooth;
  }

  /** Returns the curve at each point, by cubics between the places. */
  private double[] curve(int most) {
    double[] places = places(most);
    double[][] fits = Arrays.stream(places).mapToObj(this::fit).toArray(double[][]::new);
    double[] curve = new double[x.length];
    int p = 0;
    for (int i = 0; i < x.length; i++) {
      while (x[i] > places[p + 1]) {
        p++;
      }
      double width = places[p + 1] - places[p];
      double h = (x[i] - places[p]) / width;
      double back = 1 - h;
      curve[i] =
          back * back * (1 + 2 * h) * fits[p][0]
              + h * h * (3 - 2 * h) * fits[p + 1][0]
              + width * h * back * (back * fits[p][1] - h * fits[p + 1][1]);
    }
    return curve;
  }

  /**
   * Returns the places of the fits, ascending: a little beyond the outermost points, and where
   * halving the points leaves no more than so many of them between two places.
   */
  private double[] places(int most) {
    double low = x[0];
    double high = x[x.length - 1];
    double margin =
        MARGIN * Math.max(high - low, 1e-10 * Math.max(Math.abs(low), Math.abs(high)) + 1e-30);
    List<Double> places = new ArrayList<>();
    places.add(low - margin);
    cut(0, x.length - 1, Math.max(1, most), high + margin, places);
    places.add(high + margin);
    return places.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Adds places among the points from the first to the last, the last place being below them. */
  private void cut(int first, int last, int most, double upper, List<Double> places) {
    if (last - first + 1 <= most) {
      return;
    }
    int middle = untied(first, last);
    double place = x[middle];
    if (place == places.getLast() || place == upper) {
      return;
    }
    cut(first, middle, most, place, places);
    places.add(place);
    cut(middle + 1, last, most, upper, places);
  }

  /** Returns the point nearest to the middle that the next one differs from; else the middle. */
  private int untied(int first, int last) {
    // Halves as the original does, which counts from 1.
    int middle = (first + last + 2) / 2 - 1;
    for (int offset = 0; ; offset = offset > 0 ? -offset : 1 - offset) {
      int at = middle + offset;
      if (at >= last || at < first) {
        return middle;
      }
      if (x[at] != x[at + 1]) {
        return at;
      }
    }
  }

  /** Returns value and slope of the quadratic that fits best about a place. */
  private double[] fit(double place) {
    int from = 0;
    while (from + neighbours < x.length && x[from + neighbours] - place < place - x[from]) {
      from++;
    }
    double radius = radius(place, from);
    double[][] equations = new double[COEFFICIENTS][COEFFICIENTS + 1];
    for (int i = from; i < from + neighbours; i++) {
      double t = (x[i] - place) / radius;
      double closeness = 1 - Math.abs(t * t * t);
      double weight = closeness * closeness * closeness;
      double[] terms = {1, t, t * t, y[i]};
      for (int r = 0; r < COEFFICIENTS; r++) {
        for (int c = 0; c <= COEFFICIENTS; c++) {
          equations[r][c] += weight * terms[r] * terms[c];
        }
      }
    }
    double[] solved = solve(equations);
    return new double[] {solved[0], solved[1] / radius};
  }

  /** Returns the distance of the farthest neighbour; beyond it where none is nearer than that. */
  private double radius(double place, int from) {
    double[] distances =
        Arrays.stream(x, from, from + neighbours).map(at -> Math.abs(at - place)).toArray();
    double nearest = Arrays.stream(distances).min().orElseThrow();
    double farthest = Arrays.stream(distances).max().orElseThrow();
    return nearest < farthest ? farthest : ONLY * farthest;
  }

  /**
   * Solves normal equations by elimination. A coefficient that the points do not determine is 0, so
   * that few distinct points get a line or a constant.
   */
  private static double[] solve(double[][] equations) {
    double[] diagonal = new double[COEFFICIENTS];
    Arrays.setAll(diagonal, r -> equations[r][r]);
    for (int p = 0; p < COEFFICIENTS; p++) {
      boolean determined = equations[p][p] > SINGULAR * diagonal[p];
      for (int r = p + 1; r < COEFFICIENTS && determined; r++) {
        double factor = equations[r][p] / equations[p][p];
        for (int c = p; c <= COEFFICIENTS; c++) {
          equations[r][c] -= factor * equations[p][c];
        }
      }
    }
    double[] solved = new double[COEFFICIENTS];
    for (int p = COEFFICIENTS - 1; p >= 0; p--) {
      if (equations[p][p] > SINGULAR * diagonal[p]) {
        double rest = equations[p][COEFFICIENTS];
        for (int c = p + 1; c < COEFFICIENTS; c++) {
          rest -= equations[p][c] * solved[c];
        }
        solved[p] = rest / equations[p][p];
      }
    }
    return solved;
  }
}
