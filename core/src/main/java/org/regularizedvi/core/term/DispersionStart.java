package org.regularizedvi.core.term;

import org.regularizedvi.core.counts.CountSummary;

/**
 * Estimates inverse dispersions by the method of moments. Of a feature's variance beyond Poisson,
 * what the cells' totals bring and a share taken for biology do not count:
 *
 * <pre>
 *   excess = (1 - biology) (v - m - c m^2) / (1 + c)      theta = m^2 / excess, within [0.01, 20]
 * </pre>
 *
 * with m and v the mean and population variance of the counts and c the squared coefficient of
 * variation of the totals.
 *
 * @param logTheta the log of theta of each feature, length G
 * @param mean the mean over features of 1/sqrt(theta), within [1e-4, 100], which the hyper-prior
 *     then expects
 */
public record DispersionStart(float[] logTheta, double mean) {
  private static final double LEAST_EXCESS = 1e-10;
  private static final double LEAST_THETA = 0.01;
  private static final double LARGEST_THETA = 20;
  private static final double LEAST_MEAN = 1e-4;
  private static final double LARGEST_MEAN = 100;

  static DispersionStart of(CountSummary counts, double biology) {
    double n = counts.cells();
    double meanTotal = counts.meanTotal();
    double c = 0;
    for (double total : counts.totals()) {
      c += Math.pow(total / meanTotal - 1, 2) / n;
    }
    float[] logTheta = new float[counts.sums().length];
    double inverseRoots = 0;
    for (int g = 0; g < logTheta.length; g++) {
      double m = counts.sums()[g] / n;
      double v = counts.squares()[g] / n - m * m;
      double excess = (1 - biology) * (v - m - c * m * m) / (1 + c);
      double theta = Math.clamp(m * m / Math.max(excess, LEAST_EXCESS), LEAST_THETA, LARGEST_THETA);
      logTheta[g] = (float) Math.log(theta);
      inverseRoots += 1 / Math.sqrt(theta);
    }
    double mean = Math.clamp(inverseRoots / logTheta.length, LEAST_MEAN, LARGEST_MEAN);
    return new DispersionStart(logTheta, mean);
  }
}
