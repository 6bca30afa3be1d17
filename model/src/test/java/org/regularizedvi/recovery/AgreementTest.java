package org.regularizedvi.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.FloatMatrix;

/** The measures themselves. */
final class AgreementTest {
  /** The examples of scikit-learn's documentation of adjusted_rand_score. */
  @Test
  void adjustedRand() {
    assertThat(Agreement.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {1, 1, 0, 0})).isEqualTo(1);
    assertThat(Agreement.adjustedRand(new int[] {0, 0, 1, 2}, new int[] {0, 0, 1, 1}))
        .isCloseTo(0.57, within(0.005));
    assertThat(Agreement.adjustedRand(new int[] {0, 0, 0, 0}, new int[] {0, 1, 2, 3})).isZero();
    assertThat(Agreement.adjustedRand(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}))
        .isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void correlation() {
    assertThat(Agreement.correlation(new double[] {1, 2, 3}, new double[] {2, 4, 9}))
        .isCloseTo(7 / Math.sqrt(2 * 26), within(1e-12));
  }

  @Test
  void threeHeaps() {
    float[] values = new float[60];
    for (int n = 0; n < 30; n++) {
      values[2 * n] = 10 * (n % 3) + 0.01f * n;
      values[2 * n + 1] = n % 3 == 1 ? 5 : 0.02f * n;
    }
    FloatMatrix points = new FloatMatrix(30, 2, values);
    int[] truth = new int[30];
    for (int n = 0; n < 30; n++) {
      truth[n] = n % 3;
    }
    assertThat(Agreement.adjustedRand(truth, KMeans.cluster(points, 3))).isEqualTo(1);
    int[] all = java.util.stream.IntStream.range(0, 30).toArray();
    int[][] nearest = Neighbours.of(points, new int[] {0}, all, 2);
    assertThat(nearest[0]).containsExactly(3, 6);
  }
}
