package org.regularizedvi.kernel;

import java.util.Arrays;

/** One element by the kernel's fastest loops here and by the oracle. */
final class OneElement {
  private static final Plan PLAN =
      new Plan(Activation.SOFTPLUS, Pass.GRADIENTS, new Noise.None(), 1f);

  /** Budgets of the errors. */
  static final Errors BUDGETS = new Errors(6e-7, 4e-7, 5e-6);

  private final Workspace w = new Workspace(1);
  private final RowLoops loops =
      VectorRowLoops.fits() ? new VectorRowLoops() : new ScalarRowLoops();
  private final Oracle oracle = new Oracle();

  /** Differences, each relative to the sum of the absolute terms that the result is made of. */
  record Errors(double value, double perLogMu, double perLogTheta) {}

  /** Of a count x under theta and mu. */
  Errors errors(float theta, float mu, int x) {
    double value = value(theta, mu, x);
    oracle.likelihood(theta, mu, x);
    return new Errors(
        Math.abs(value - oracle.value) / oracle.valueTerms,
        Math.abs(w.perLogMu[0] - oracle.perLogMu) / oracle.perLogMuTerms,
        Math.abs(w.logThetaSum[0] - oracle.perLogTheta)
            / (oracle.perLogThetaTerms + Float.MIN_NORMAL));
  }

  /** The element in column 0 of an otherwise empty row; returns its value. */
  private double value(float theta, float mu, int x) {
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
