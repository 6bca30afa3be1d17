package org.regularizedvi.core.term;

import org.regularizedvi.kernel.BurstSizes;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Says where bursts start, by the method of moments: with m the mean of a feature's counts and L a
 * typical exp(l),
 *
 * <pre>
 *   f = m^2 / biological variance      b = m / (f L), within [0.01, 20]      v = technical variance
 * </pre>
 *
 * each within the bounds of {@link VarianceShares}.
 *
 * @param frequencyBias where the bias of {@code px_scale_decoder} starts, length G
 * @param sizeBias where the bias of {@code burst_size_head} starts, length G
 * @param dispersion where the log of the technical variance starts, and what its standard deviation
 *     is expected to be
 */
public record BurstStart(float[] frequencyBias, float[] sizeBias, DispersionStart dispersion) {
  private static final double LEAST_SIZE = 0.01;
  private static final double LARGEST_SIZE = 20;
  private static final double LEAST_BEYOND_INTERCEPT = 1e-4;

  static BurstStart of(VarianceShares shares, double typicalSize, double intercept) {
    int features = shares.features();
    float[] frequencyBias = new float[features];
    float[] sizeBias = new float[features];
    float[] logVariance = new float[features];
    double roots = 0;
    double leastRoot = Double.POSITIVE_INFINITY;
    for (int g = 0; g < features; g++) {
      double m = shares.means()[g];
      double f = shares.theta(g, shares.biological()[g]);
      double b = Math.clamp(m / (f * typicalSize), LEAST_SIZE, LARGEST_SIZE);
      double v = Math.max(shares.bounded(g, shares.technical()[g]), BurstSizes.LEAST_VARIANCE);
      frequencyBias[g] = (float) Softplus.inverse(f);
      sizeBias[g] = (float) Softplus.inverse(Math.max(b - intercept, LEAST_BEYOND_INTERCEPT));
      logVariance[g] = (float) Math.log(v);
      roots += Math.sqrt(v);
      leastRoot = Math.min(leastRoot, m / Math.sqrt(shares.bounds().largestTheta()));
    }
    double mean = Math.max(roots / features, Math.max(leastRoot, DispersionStart.LEAST_MEAN));
    return new BurstStart(frequencyBias, sizeBias, new DispersionStart(logVariance, mean));
  }
}
