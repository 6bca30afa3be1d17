package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.counts.CountSummary;

/**
 * Shares out, by the method of moments, what each feature's counts vary by beyond Poisson and
 * beyond what the cells' totals bring, with m and v the mean and population variance of the counts
 * and c the squared coefficient of variation of the totals:
 *
 * <pre>
 *   excess = (v - m - c m^2) / (1 + c)      biological = biology excess      technical = (1 - biology) excess
 * </pre>
 *
 * @param means m of each feature, length G
 * @param biological the part of the excess that is taken for biology, length G
 * @param technical the rest, length G
 * @param bounds what theta = m^2 / variance is kept within
 */
public record VarianceShares(
    double[] means, double[] biological, double[] technical, VarianceStartConfig bounds) {
  private static final double LEAST_EXCESS = 1e-10;

  /**
   * {@return the shares; empty where dispersions do not start from data}
   *
   * @param counts the sums over the counts
   * @param starts the share taken for biology, and the bounds
   */
  public static Optional<VarianceShares> of(CountSummary counts, StartConfig starts) {
    return starts.dispersionFromData()
        ? Optional.of(of(counts, starts.dispersionInitBioFrac(), starts.variance()))
        : Optional.empty();
  }

  private static VarianceShares of(
      CountSummary counts, double biology, VarianceStartConfig bounds) {
    double n = counts.cells();
    double meanTotal = counts.meanTotal();
    double c = 0;
    for (double total : counts.totals()) {
      c += Math.pow(total / meanTotal - 1, 2) / n;
    }
    int features = counts.sums().length;
    VarianceShares shares =
        new VarianceShares(
            new double[features], new double[features], new double[features], bounds);
    for (int g = 0; g < features; g++) {
      double m = counts.sums()[g] / n;
      double v = counts.squares()[g] / n - m * m;
      shares.means[g] = m;
      shares.biological[g] = biology * (v - m - c * m * m) / (1 + c);
      shares.technical[g] = (1 - biology) * (v - m - c * m * m) / (1 + c);
    }
    return shares;
  }

  /** {@return the number of features} */
  int features() {
    return means.length;
  }

  /**
   * {@return m^2 / variance of a feature, within the bounds}
   *
   * @param g the feature
   * @param variance its share
   */
  double theta(int g, double variance) {
    double m = means[g];
    return Math.clamp(
        m * m / Math.max(variance, LEAST_EXCESS), bounds.leastTheta(), bounds.largestTheta());
  }

  /**
   * {@return the variance of the logarithm of a feature's expression over the cells, as of a
   * log-normal one with the same mean and variance: log(1 + excess / m^2); 0 where the counts vary
   * no more than Poisson's}
   *
   * @param g the feature
   */
  double ofLogarithm(int g) {
    double m = means[g];
    double excess = biological[g] + technical[g];
    return m > 0 && excess > 0 ? Math.log1p(excess / (m * m)) : 0;
  }

  /**
   * {@return the variance of a feature, within what the bounds of theta leave}
   *
   * @param g the feature
   * @param variance its share
   */
  double bounded(int g, double variance) {
    double square = means[g] * means[g];
    return Math.clamp(variance, square / bounds.largestTheta(), square / bounds.leastTheta());
  }

  /**
   * Computes factors on the weights of a linear map to the features, with which each feature varies
   * by a fraction of its biological variance. As drawn, after layer norm, it varies by a third.
   *
   * @param fraction the fraction, above 0
   * @return one factor per feature
   */
  float[] factors(double fraction) {
    float[] factors = new float[features()];
    for (int g = 0; g < factors.length; g++) {
      factors[g] = (float) Math.sqrt(3 * fraction * bounded(g, biological[g]));
    }
    return factors;
  }
}
