package org.regularizedvi.answers;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.LatentMoments;

/**
 * Expects some dimensions of z, given the others: the ridge regression of complete cells, written
 * with their mean m and covariance S (Hoerl and Kennard 1970; without the ridge the conditional
 * mean of a normal distribution),
 *
 * <pre>
 *   z_missing = m_missing + S_missing,given (S_given,given + r I)^-1 (z_given - m_given)
 * </pre>
 *
 * <p>with r = {@value #RIDGE} of the mean variance of the given dimensions.
 */
final class SlicePrediction {
  private static final double RIDGE = 0.01;

  private final int[] given;
  private final int[] missing;
  private final LatentMoments moments;
  private final double[][] weightsMG;

  /**
   * Prepares the regression.
   *
   * @param isGiven which dimensions are known, by dimension
   */
  SlicePrediction(LatentMoments moments, boolean[] isGiven) {
    this.moments = moments;
    this.given = IntStream.range(0, isGiven.length).filter(k -> isGiven[k]).toArray();
    this.missing = IntStream.range(0, isGiven.length).filter(k -> !isGiven[k]).toArray();
    FloatMatrix covariance = moments.covarianceKK();
    double variance =
        Arrays.stream(given).mapToDouble(k -> covariance.at(k, k)).average().orElse(0);
    // Dimensions that never vary say nothing, but must not be divided by.
    double[][] lowerGG = cholesky(covariance, given, Math.max(RIDGE * variance, Float.MIN_NORMAL));
    this.weightsMG =
        Arrays.stream(missing)
            .mapToObj(
                m -> solve(lowerGG, Arrays.stream(given).mapToDouble(g -> covariance.at(m, g))))
            .toArray(double[][]::new);
  }

  /** Replaces the missing dimensions of one row. */
  void fill(float[] values, int row) {
    int start = row * moments.meanK().length;
    for (int i = 0; i < missing.length; i++) {
      double value = moments.meanK()[missing[i]];
      for (int j = 0; j < given.length; j++) {
        value += weightsMG[i][j] * (values[start + given[j]] - moments.meanK()[given[j]]);
      }
      values[start + missing[i]] = (float) value;
    }
  }

  /** {@return L of S + ridge I = L L'} */
  private static double[][] cholesky(FloatMatrix covariance, int[] dimensions, double ridge) {
    double[][] lower = new double[dimensions.length][dimensions.length];
    for (int i = 0; i < dimensions.length; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = covariance.at(dimensions[i], dimensions[j]) + (i == j ? ridge : 0);
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        if (i == j) {
          lower[i][i] = Math.sqrt(rest);
        } else {
          lower[i][j] = rest / lower[j][j];
        }
      }
    }
    return lower;
  }

  /** {@return x of L L' x = b} */
  private static double[] solve(double[][] lower, DoubleStream b) {
    double[] x = b.toArray();
    for (int i = 0; i < x.length; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= lower[i][k] * x[k];
      }
      x[i] /= lower[i][i];
    }
    for (int i = x.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < x.length; k++) {
        x[i] -= lower[k][i] * x[k];
      }
      x[i] /= lower[i][i];
    }
    return x;
  }
}
