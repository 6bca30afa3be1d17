package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Correlations against the textbook's formula over dense matrices. */
class ProfileCorrelationTest {
  private static final int POINTS = 120;
  private static final int COLUMNS = 17;

  private final SplittableRandom random = new SplittableRandom(4);
  private final double[][] dense = new double[POINTS][COLUMNS];

  /** The first points lie apart and are of one group; others are of three that mix. */
  private final int[] groups =
      IntStream.range(0, POINTS).map(i -> i < 20 ? 0 : 1 + i % 3).toArray();

  private final Graph graph = graph();
  private final Profiles profiles = profiles();

  private Graph graph() {
    float[] points = new float[POINTS * 2];
    for (int i = 0; i < points.length; i++) {
      points[i] = (float) random.nextDouble() + (i / 2 < 20 ? 10 : 0);
    }
    return Connectivities.of(Neighbours.of(new Points(POINTS, 2, points), 8, new Threads(1)));
  }

  /** Points without any number, with the same number throughout, and others. */
  private Profiles profiles() {
    int[] starts = new int[POINTS + 1];
    int[] indices = new int[POINTS * COLUMNS];
    float[] values = new float[POINTS * COLUMNS];
    for (int i = 0; i < POINTS; i++) {
      starts[i + 1] = starts[i];
      for (int c = COLUMNS - 1; c >= 0; c--) {
        float value = i == 3 ? 0 : i == 4 ? 2 : random.nextInt(3) == 0 ? random.nextInt(1, 9) : 0;
        if (value > 0) {
          dense[i][c] = value;
          indices[starts[i + 1]] = c;
          values[starts[i + 1]++] = value;
        }
      }
    }
    return new Profiles(COLUMNS, starts, indices, values);
  }

  private ProfileCorrelation correlation(int threads) {
    return new ProfileCorrelation(profiles, graph, groups, 9, new Threads(threads));
  }

  private double expected(int i, IntPredicate taken) {
    double[] mean = new double[COLUMNS];
    double weights = 0;
    for (int e = graph.starts()[i]; e < graph.starts()[i + 1]; e++) {
      int j = graph.indices()[e];
      if (taken.test(j)) {
        weights += graph.weights()[e];
        for (int c = 0; c < COLUMNS; c++) {
          mean[c] += graph.weights()[e] * dense[j][c];
        }
      }
    }
    double total = weights;
    return weights == 0
        ? Double.NaN
        : pearson(dense[i], Arrays.stream(mean).map(v -> v / total).toArray());
  }

  private static double pearson(double[] x, double[] y) {
    double n = x.length;
    double sx = Arrays.stream(x).sum();
    double sy = Arrays.stream(y).sum();
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int c = 0; c < n; c++) {
      xx += x[c] * x[c];
      yy += y[c] * y[c];
      xy += x[c] * y[c];
    }
    double vx = n * xx - sx * sx;
    double vy = n * yy - sy * sy;
    return vx < 1e-9 || vy < 1e-9 ? Double.NaN : (n * xy - sx * sy) / Math.sqrt(vx * vy);
  }

  private void near(double found, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(found).isNaN();
    } else {
      assertThat(found).isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void neighboursOfEachKind() {
    ProfileCorrelation own = correlation(1);
    double[] all = own.withAll();
    double[] same = own.withSame();
    double[] other = own.withOther();
    int[] others = own.others();
    int lacking = 0;
    for (int i = 0; i < POINTS; i++) {
      int point = i;
      near(all[i], expected(i, _ -> true));
      near(same[i], expected(i, j -> groups[j] == groups[point]));
      near(other[i], expected(i, j -> groups[j] != groups[point]));
      lacking += others[i] == 0 ? 1 : 0;
      assertThat(others[i])
          .isEqualTo(
              (int)
                  IntStream.range(graph.starts()[i], graph.starts()[i + 1])
                      .filter(e -> groups[graph.indices()[e]] != groups[point])
                      .count());
    }
    assertThat(all[3]).isNaN();
    assertThat(all[4]).isNaN();
    assertThat(lacking).isPositive();
  }

  /**
   * With all points as choices, a mean over many draws is near the mean of all others' profiles.
   */
  @Test
  void randomNeighboursAreDrawnFromWhomTheyShouldBe() {
    int each = 40_000;
    int[] starts = IntStream.rangeClosed(0, POINTS).map(i -> i * each).toArray();
    int[] indices = new int[POINTS * each];
    float[] weights = new float[POINTS * each];
    Arrays.fill(weights, 1);
    for (int i = 0; i < POINTS; i++) {
      int point = i;
      int[] strangers =
          IntStream.range(0, POINTS).filter(j -> groups[j] != groups[point]).toArray();
      for (int k = 0; k < each; k++) {
        indices[i * each + k] = strangers[k % strangers.length];
      }
    }
    ProfileCorrelation own =
        new ProfileCorrelation(
            profiles, new Graph(starts, indices, weights), groups, 1, new Threads(2));
    double[] any = own.withRandom();
    double[] other = own.withRandomOther();
    for (int i = 10; i < POINTS; i++) {
      int point = i;
      assertThat(any[i]).isCloseTo(pearson(dense[i], mean(j -> j != point)), within(0.1));
      assertThat(other[i])
          .isCloseTo(pearson(dense[i], mean(j -> groups[j] != groups[point])), within(0.1));
    }
  }

  /** Of two points each other's profile is drawn, never their own. */
  @Test
  void noPointIsDrawnForItself() {
    Graph pair = new Graph(new int[] {0, 3, 6}, new int[] {1, 1, 1, 0, 0, 0}, ones(6));
    Profiles two =
        new Profiles(3, new int[] {0, 2, 4}, new int[] {0, 1, 1, 2}, new float[] {1, 3, 2, 5});
    double expected = pearson(new double[] {1, 3, 0}, new double[] {0, 2, 5});
    for (int seed = 0; seed < 20; seed++) {
      ProfileCorrelation own =
          new ProfileCorrelation(two, pair, new int[] {0, 1}, seed, new Threads(1));
      near(own.withRandom()[0], expected);
      near(own.withRandom()[1], expected);
      near(own.withRandomOther()[0], expected);
    }
  }

  private static float[] ones(int length) {
    float[] ones = new float[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private double[] mean(IntPredicate taken) {
    double[] mean = new double[COLUMNS];
    for (int j = 0; j < POINTS; j++) {
      for (int c = 0; taken.test(j) && c < COLUMNS; c++) {
        mean[c] += dense[j][c];
      }
    }
    return mean;
  }

  @Test
  void bitsDoNotDependOnThreads() {
    assertThat(correlation(3).withOther()).isEqualTo(correlation(1).withOther());
    assertThat(correlation(3).withRandom()).isEqualTo(correlation(1).withRandom());
    assertThat(correlation(3).withRandomOther()).isEqualTo(correlation(1).withRandomOther());
  }

  @Test
  void sizesMustMatch() {
    assertThatThrownBy(() -> new ProfileCorrelation(profiles, graph, new int[3], 0, new Threads(1)))
        .hasMessageContaining("120 profiles and 3 groups of 120 points");
  }
}
