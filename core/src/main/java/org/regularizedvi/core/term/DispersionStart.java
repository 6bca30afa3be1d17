package org.regularizedvi.core.term;

/**
 * Says where the dispersions of features start.
 *
 * @param logTheta the log of theta of each feature, length G; with bursts the log of its technical
 *     variance
 * @param mean the mean over features of 1/sqrt(theta), or of sqrt(theta) where the prior holds
 *     that, within [1e-4, 100], which the hyper-prior then expects; with bursts the mean technical
 *     standard deviation
 */
public record DispersionStart(float[] logTheta, double mean) {
  /** The least mean, so that the rate of the prior is finite. */
  static final double LEAST_MEAN = 1e-4;

  private static final double LARGEST_MEAN = 100;

  /**
   * {@return theta = m^2 / technical variance, within the bounds}
   *
   * @param shares what the data say of each feature's variance
   * @param power of theta, which the hyper-prior is of: -1/2 or 1/2
   */
  static DispersionStart of(VarianceShares shares, double power) {
    float[] logTheta = new float[shares.features()];
    double roots = 0;
    for (int g = 0; g < logTheta.length; g++) {
      double theta = shares.theta(g, shares.technical()[g]);
      logTheta[g] = (float) Math.log(theta);
      roots += power < 0 ? 1 / Math.sqrt(theta) : Math.sqrt(theta);
    }
    double mean = Math.clamp(roots / logTheta.length, LEAST_MEAN, LARGEST_MEAN);
    return new DispersionStart(logTheta, mean);
  }
}
