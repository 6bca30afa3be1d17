package org.regularizedvi.maps;

import java.util.Arrays;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Lays a graph out in the plane as UMAP does: neighbours attract, random points repel, for 500
 * epochs (200 above 10,000 points). It starts from the principal plane of the points.
 *
 * <p>In each epoch every point moves along its own edges while the others stand where the epoch
 * found them. So several threads can move points at once, and the result is a function of the seed.
 * umap-learn goes edge by edge and moves both ends; here each end moves for both.
 *
 * <p>Source: McInnes, Healy and Melville, "UMAP", arXiv:1802.03426, algorithm 5.
 */
public final class UmapLayout {
  private static final int SMALL = 10_000;
  private static final int EPOCHS_OF_SMALL = 500;
  private static final int EPOCHS_OF_LARGE = 200;
  private static final int REPELLED = 5;
  private static final double LONGEST_STEP = 4;
  private static final double START_WIDTH = 10;
  private static final double START_NOISE = 1e-4;
  private static final int POINTS_AT_ONCE = 256;

  private static final int START = 0;
  private static final int REPEL = 1;

  private final Graph graph;
  private final UmapCurve curve;
  private final CounterRandom random;
  private final int epochs;
  private final float heaviest;

  private UmapLayout(Graph graph, UmapCurve curve, long seed) {
    this.graph = graph;
    this.curve = curve;
    this.random = new CounterRandom(seed);
    this.epochs = graph.rows() <= SMALL ? EPOCHS_OF_SMALL : EPOCHS_OF_LARGE;
    this.heaviest = graph.heaviest();
  }

  /**
   * {@return x and y of each point, row by row}
   *
   * @param points where the points lie; their principal plane is the start
   * @param graph joins neighbouring points
   * @param curve says how alike points at a distance in the plane are
   * @param seed makes the random draws
   * @param threads share the work; the bits do not depend on their number
   */
  public static float[] of(
      Points points, Graph graph, UmapCurve curve, long seed, Threads threads) {
    UmapLayout layout = new UmapLayout(graph, curve, seed);
    return layout.run(layout.start(points), threads);
  }

  /** The principal plane with a little noise, each axis stretched to 0 to 10, as umap-learn has. */
  private float[] start(Points points) {
    double[] plane = PrincipalPlane.of(points);
    double largest = Arrays.stream(plane).map(Math::abs).max().orElse(0);
    float[] noise = new float[2];
    float[] start = new float[plane.length];
    for (int i = 0; i < points.rows(); i++) {
      random.normals(START, 0, i, 0, noise, 0, 2);
      for (int axis = 0; axis < 2; axis++) {
        double scaled = largest == 0 ? 0 : plane[2 * i + axis] * START_WIDTH / largest;
        start[2 * i + axis] = (float) (scaled + START_NOISE * noise[axis]);
      }
    }
    for (int axis = 0; axis < 2; axis++) {
      stretch(start, axis);
    }
    return start;
  }

  private static void stretch(float[] plane, int axis) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = axis; i < plane.length; i += 2) {
      least = Math.min(least, plane[i]);
      most = Math.max(most, plane[i]);
    }
    for (int i = axis; i < plane.length; i += 2) {
      plane[i] = (float) (START_WIDTH * (plane[i] - least) / (most - least));
    }
  }

  private float[] run(float[] start, Threads threads) {
    float[] stand = start;
    float[] moved = new float[start.length];
    int pieces = (graph.rows() + POINTS_AT_ONCE - 1) / POINTS_AT_ONCE;
    for (int epoch = 0; epoch < epochs; epoch++) {
      int n = epoch;
      float[] from = stand;
      float[] to = moved;
      threads.each(pieces, piece -> move(piece, n, from, to));
      moved = from;
      stand = to;
    }
    return stand;
  }

  private void move(int piece, int epoch, float[] from, float[] to) {
    double step = 1 - (double) epoch / epochs;
    float[] draws = new float[CounterRandom.GROUP];
    int end = Math.min(graph.rows(), (piece + 1) * POINTS_AT_ONCE);
    for (int i = piece * POINTS_AT_ONCE; i < end; i++) {
      movePoint(i, epoch, step, from, to, draws);
    }
  }

  private void movePoint(int i, int epoch, double step, float[] from, float[] to, float[] draws) {
    double a = curve.a();
    double b = curve.b();
    double x = from[2 * i];
    double y = from[2 * i + 1];
    int drawn = 0;
    for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
      if (!isDue(e, epoch)) {
        continue;
      }
      int other = 2 * graph.indices()[e];
      for (int twice = 0; twice < 2; twice++) {
        double dx = x - from[other];
        double dy = y - from[other + 1];
        double squared = dx * dx + dy * dy;
        if (squared > 0) {
          double power = Math.pow(squared, b - 1);
          double pull = -2 * a * b * power / (a * power * squared + 1);
          x += step * clipped(pull * dx);
          y += step * clipped(pull * dy);
        }
      }
      for (int r = 0; r < REPELLED; r++, drawn++) {
        int place = drawn % CounterRandom.GROUP;
        if (place == 0) {
          random.uniforms(REPEL, epoch, i, drawn, draws, 0, CounterRandom.GROUP);
        }
        other = 2 * (int) ((double) draws[place] * graph.rows());
        double dx = x - from[other];
        double dy = y - from[other + 1];
        double squared = dx * dx + dy * dy;
        if (squared > 0 && other != 2 * i) {
          double push = 2 * b / ((0.001 + squared) * (a * Math.pow(squared, b) + 1));
          x += step * clipped(push * dx);
          y += step * clipped(push * dy);
        }
      }
    }
    to[2 * i] = (float) x;
    to[2 * i + 1] = (float) y;
  }

  /**
   * Tells whether an edge's turn is this epoch: the heaviest always, half its weight every other.
   */
  private boolean isDue(int edge, int epoch) {
    double rate = (double) graph.weights()[edge] / heaviest;
    return Math.floor(rate * (epoch + 1)) > Math.floor(rate * epoch);
  }

  private static double clipped(double move) {
    return Math.clamp(move, -LONGEST_STEP, LONGEST_STEP);
  }
}
