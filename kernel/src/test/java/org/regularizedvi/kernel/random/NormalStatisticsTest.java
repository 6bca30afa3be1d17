package org.regularizedvi.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Normals of 24 seeds, 1,024 x 512 each: every statistic within 4.5 standard errors of its
 * expectation (about 300 statistics: one chance in 500 for a perfect generator, and the draws are
 * fixed).
 */
class NormalStatisticsTest {
  private static final int ROWS = 1024;
  private static final int COLUMNS = 512;
  private static final double LIMIT = 4.5;

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        42,
        1234,
        1L << 31,
        1L << 32,
        (1L << 32) + 1,
        1L << 62,
        -1,
        -2,
        0x9E3779B97F4A7C15L,
        0x5555555555555555L,
        0xAAAAAAAAAAAAAAAAL,
        99,
        100,
        2024,
        2025,
        2026
      })
  void momentsTailsAndCorrelationsAreThoseOfIndependentNormals(long seed) {
    float[] z = draw(seed, 1, 7);
    float[] nextStep = draw(seed, 1, 8);
    float[] nextPurpose = draw(seed, 2, 7);
    float[] nextSeed = draw(seed + 1, 1, 7);
    int n = z.length;
    double[] power = new double[5];
    int beyond3 = 0;
    int below = 0;
    for (float v : z) {
      double p = 1;
      for (int k = 1; k <= 4; k++) {
        p *= v;
        power[k] += p / n;
      }
      beyond3 += Math.abs(v) > 3 ? 1 : 0;
      below += v < -0.6744898 ? 1 : 0;
    }
    check("mean", power[1], 0, 1, n);
    check("variance", power[2], 1, Math.sqrt(2), n);
    check("third moment", power[3], 0, Math.sqrt(15), n);
    check("fourth moment", power[4], 3, Math.sqrt(96), n);
    check("beyond 3", (double) beyond3 / n, 0.0026997961, Math.sqrt(0.0027), n);
    check("lower quartile", (double) below / n, 0.25, Math.sqrt(0.1875), n);
    check("columns", correlation(z, z, 1), 0, 1, n);
    check("pairs of Box and Muller", correlation(z, z, 16), 0, 1, n);
    check("words", correlation(z, z, 32), 0, 1, n);
    check("rows", correlation(z, z, COLUMNS), 0, 1, n);
    check("steps", correlation(z, nextStep, 0), 0, 1, n);
    check("purposes", correlation(z, nextPurpose, 0), 0, 1, n);
    check("seeds", correlation(z, nextSeed, 0), 0, 1, n);
    check("squares of pairs", squares(z, 16), 0, 2, n);
    check("squares of rows", squares(z, COLUMNS), 0, 2, n);
  }

  private static void check(String what, double found, double expected, double spread, int n) {
    assertThat(found).as(what).isCloseTo(expected, within(LIMIT * spread / Math.sqrt(n)));
  }

  private static float[] draw(long seed, int purpose, long step) {
    CounterRandom random = new CounterRandom(seed);
    float[] z = new float[ROWS * COLUMNS];
    for (int row = 0; row < ROWS; row++) {
      random.normals(purpose, step, row, 0, z, row * COLUMNS, COLUMNS);
    }
    return z;
  }

  private static double correlation(float[] a, float[] b, int lag) {
    double sum = 0;
    for (int i = 0; i + lag < a.length; i++) {
      sum += (double) a[i] * b[i + lag];
    }
    return sum / a.length;
  }

  private static double squares(float[] z, int lag) {
    double sum = 0;
    for (int i = 0; i + lag < z.length; i++) {
      sum += ((double) z[i] * z[i] - 1) * ((double) z[i + lag] * z[i + lag] - 1);
    }
    return sum / z.length;
  }
}
