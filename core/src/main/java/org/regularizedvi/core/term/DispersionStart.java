package org.regularizedvi.core.term;

/**
 * Says where the dispersions of features start.
 *
 * @param logTheta the log of theta of each feature, length G; with bursts the log of its technical
 *     variance
 * @param mean the mean over features of 1/sqrt(theta), within [1e-4, 100], which the hyper-prior
 *     then expects; with bursts the mean technical standard deviation
 */
public record DispersionStart(float[] logTheta, double mean) {
  /** The least mean, so that the rate of the prior is finite. */
  static final double LEAST_MEAN = 1e-4;

  private static final double LARGEST_MEAN = 100;

  /** {@return theta = m^2 / technical variance, within the bounds} */
  static DispersionStart of(VarianceShares shares) {
    float[] logTheta = new float[shares.features()];
    double inverseRoots = 0;
    for (int g = 0; g < logTheta.length; g++) {
      double theta = shares.theta(g, shares.technical()[g]);
      logTheta[g] = (float) Math.log(theta);
      inverseRoots += 1 / Math.sqrt(theta);
    }
    double mean = Math.clamp(inverseRoots / logTheta.length, LEAST_MEAN, LARGEST_MEAN);
    return new DispersionStart(logTheta, mean);
  }
}
