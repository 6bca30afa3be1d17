package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class LargeCountsTest {
  /** Against 60 digits, over theta 1e-4 .. 1e8, mu 1e-8 .. 1e7, x to 1e6 and fractions. */
  @ParameterizedTest
  @CsvFileSource(resources = "large-counts.csv")
  void agreeWithSixtyDigits(
      double theta, double mu, double x, double value, double gradient, double v, double d) {
    Workspace w = new Workspace(1);
    w.plan = new Plan(Activation.SOFTPLUS, Pass.GRADIENTS, new Noise.None(), 1f);
    w.sums = RowSums.ofRows(1);
    w.large.add(0, 0, x, 1f, 1f, 0f);
    w.large.theta[0] = theta; // in double, as the reference
    w.large.mu[0] = mu;
    w.large.flush(VectorRowLoops.fits() ? new VectorRowLoops() : new ScalarRowLoops(), w);
    double valueTerms = x * Math.abs(Math.log(mu / (theta + mu))) + x * Math.log(theta + x + 2);
    assertThat(w.large.value[0]).isCloseTo(v, within(1e-13 * valueTerms + 1e-10));
    assertThat(w.large.term[0]).isCloseTo(d, within(1e-12 * x + 1e-11));
  }
}
