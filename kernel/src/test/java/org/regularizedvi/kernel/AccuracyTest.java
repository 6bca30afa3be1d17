package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Errors of one element against the oracle, with theta and mu given as the same floats to both;
 * 40,000 points a class, theta 1e-4 .. 1e8 and mu 1e-8 .. 1e7 uniform in their logarithms.
 *
 * <p>Budgets are relative to the sum of absolute terms: 1.2e-7 is one unit in the last place.
 */
class AccuracyTest {
  private static final int POINTS = 40_000;
  private static final Plan PLAN =
      new Plan(Activation.SOFTPLUS, Pass.GRADIENTS, new Noise.None(), 1f);

  @ParameterizedTest
  @CsvSource({
    // counts, budget of value, of d/dlog mu, of d/dlog theta
    "0, 0, 6e-7, 4e-7, 5e-6",
    "1, 4, 6e-7, 4e-7, 5e-6",
    "5, 1000, 6e-7, 4e-7, 5e-6",
    "1001, 1000000, 6e-7, 4e-7, 5e-6",
  })
  void staysWithinItsBudget(
      int fewest, int most, double valueBudget, double muBudget, double thetaBudget) {
    SplittableRandom random = new SplittableRandom(3);
    Workspace w = new Workspace(1);
    RowLoops loops = VectorRowLoops.fits() ? new VectorRowLoops() : new ScalarRowLoops();
    Oracle oracle = new Oracle();
    double valueError = 0;
    double muError = 0;
    double thetaError = 0;
    for (int point = 0; point < POINTS; point++) {
      float theta = (float) Math.exp(random.nextDouble(Math.log(1e-4), Math.log(1e8)));
      float mu = (float) Math.exp(random.nextDouble(Math.log(1e-8), Math.log(1e7)));
      int x =
          most <= 4
              ? random.nextInt(fewest, most + 1)
              : (int) Math.exp(random.nextDouble(Math.log(fewest), Math.log(most + 1)));
      double value = one(loops, w, theta, mu, x);
      oracle.likelihood(theta, mu, x);
      valueError = Math.max(valueError, Math.abs(value - oracle.value) / oracle.valueTerms);
      muError = Math.max(muError, Math.abs(w.perLogMu[0] - oracle.perLogMu) / oracle.perLogMuTerms);
      thetaError =
          Math.max(
              thetaError,
              Math.abs(w.logThetaSum[0] - oracle.perLogTheta)
                  / (oracle.perLogThetaTerms + Float.MIN_NORMAL));
    }
    System.out.printf(
        "accuracy, counts %d..%d: value %.1e, d/dlog mu %.1e, d/dlog theta %.1e%n",
        fewest, most, valueError, muError, thetaError);
    assertThat(valueError).isLessThan(valueBudget);
    assertThat(muError).isLessThan(muBudget);
    assertThat(thetaError).isLessThan(thetaBudget);
  }

  /** One element in column 0 of an otherwise empty row; returns its value. */
  private static double one(RowLoops loops, Workspace w, float theta, float mu, int x) {
    int n = Workspace.LANES;
    w.theta[0] = theta;
    w.mu[0] = mu;
    for (int i = 1; i < n; i++) {
      w.theta[i] = 1;
      w.mu[i] = 0;
    }
    w.count[0] = x;
    w.logThetaSum[0] = 0;
    double added = 0;
    w.thetaTerm[0] = 0;
    if (x > 4) {
      w.plan = PLAN;
      w.sums = RowSums.ofRows(1);
      w.large.clear();
      w.large.add(0, 0, x, theta, mu, 0f);
      w.large.flush(loops, w);
      added = w.sums.logLikelihood()[0];
    } else if (x > 0) {
      Arrays.fill(w.smallCount, 0, n, 0);
      Arrays.fill(w.smallTheta, 0, n, 1f);
      Arrays.fill(w.smallMu, 0, n, 1f);
      w.smallCount[0] = x;
      w.smallTheta[0] = theta;
      w.smallMu[0] = mu;
      loops.smallCounts(w, n);
      added = w.smallLanes[0];
      w.thetaTerm[0] = w.smallTerm[0];
    }
    loops.likelihood(w, 1f, n);
    return added + w.valueLanes[0];
  }
}
