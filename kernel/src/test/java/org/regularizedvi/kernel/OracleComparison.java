package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;

/** What the kernel wrote for a {@link TestCase}, against the oracle's sums over its elements. */
final class OracleComparison {
  private OracleComparison() {}

  /**
   * Budgets: 3e-6 of the sum of absolute terms for what is one element, 1e-5 for sums over rows or
   * genes (theta and mu here carry the float rounding of their exponents); bfloat16 gradients half
   * a unit in the last of 8 bits more.
   */
  static void agree(TestCase work, TestCase.Result result) {
    int length = work.columns + 2 * TestCase.GUARD;
    double[][][] sum = new double[2][5][length];
    double[][][] bound = new double[2][5][length];
    double[] rhoGradient = new double[TestCase.ROWS];
    double[] rhoBound = new double[TestCase.ROWS];
    double[][] perLogit = new double[TestCase.ROWS][work.columns];
    double[][] logitBound = new double[TestCase.ROWS][work.columns];
    Oracle oracle = new Oracle();
    for (int n = 0; n < TestCase.ROWS; n++) {
      int g = n < TestCase.SPLIT ? 0 : 1;
      GeneTerms t = work.terms[g];
      double value = 0;
      double valueBound = 0;
      double perLibrary = 0;
      double libraryBound = 0;
      float[] eps = work.noise(n);
      double[] x = work.counts(n);
      for (int j = 0; j < work.columns; j++) {
        int at = TestCase.GUARD + j;
        double a = work.logits[n][j];
        double rho = Oracle.rho(work.activation, a, work.logSumExp[n]);
        double s = work.extras ? t.background()[at] : 0;
        double y = work.extras ? t.scaling()[at] : 1;
        double spread = t.sigma().length > 0 ? t.sigma()[at] * (double) eps[j] : 0;
        double theta = Math.exp(Math.clamp(t.logTheta()[at] + spread, -23, 20.7));
        oracle.likelihood(theta, Math.exp(work.logLibrary[n]) * (rho + s) * y, x[j]);
        value += oracle.value;
        valueBound += oracle.valueTerms;
        double d = TestCase.SCALE * oracle.perLogMu;
        double dBound = Math.abs(TestCase.SCALE) * oracle.perLogMuTerms;
        double e = TestCase.SCALE * oracle.perLogTheta;
        double eBound = Math.abs(TestCase.SCALE) * oracle.perLogThetaTerms;
        perLibrary += d;
        libraryBound += dBound;
        double slope =
            work.activation == Activation.SOFTPLUS ? 1 / (1 + Math.exp(-a)) : rho; // d rho / d a
        perLogit[n][j] = d * slope / (rho + s);
        logitBound[n][j] = dBound * slope / (rho + s);
        rhoGradient[n] += perLogit[n][j];
        rhoBound[n] += logitBound[n][j];
        double[] add = {0, d / (rho + s), d, e, e * spread};
        double[] addBound = {0, dBound / (rho + s), dBound, eBound, eBound * Math.abs(spread)};
        for (int k = 1; k < 5; k++) {
          sum[g][k][at] += add[k];
          bound[g][k][at] += addBound[k];
        }
      }
      assertThat(result.logLikelihood()[n]).isCloseTo(value, within(1e-5 * valueBound));
      assertThat(result.logLibrary()[n]).isCloseTo(perLibrary, within(1e-5 * libraryBound));
      for (int j = 0; j < work.columns; j++) {
        if (work.activation == Activation.SOFTMAX) {
          double rho = Oracle.rho(work.activation, work.logits[n][j], work.logSumExp[n]);
          perLogit[n][j] -= rho * rhoGradient[n];
          logitBound[n][j] += rho * rhoBound[n];
        }
        double rounding = work.type == ElementType.FLOAT32 ? 0 : 0x1p-8;
        assertThat((double) result.logits()[n * work.stride + j])
            .isCloseTo(
                perLogit[n][j],
                within(3e-6 * logitBound[n][j] + rounding * Math.abs(perLogit[n][j]) + 1e-30));
        sum[g][0][TestCase.GUARD + j] += perLogit[n][j];
        bound[g][0][TestCase.GUARD + j] += logitBound[n][j];
      }
    }
    if (work.activation == Activation.SOFTMAX) {
      compare(n -> result.rhoGradient()[n], rhoGradient, rhoBound);
    }
    for (int g = 0; g < 2; g++) {
      GeneGradients found = result.genes()[g];
      compare(i -> found.bias()[i], sum[g][0], bound[g][0]);
      if (work.extras) {
        compare(i -> found.background()[i], sum[g][1], bound[g][1]);
        compare(i -> found.logScaling()[i], sum[g][2], bound[g][2]);
      }
      compare(i -> found.logTheta()[i], sum[g][3], bound[g][3]);
      compare(i -> found.logSigma()[i], sum[g][4], bound[g][4]);
    }
  }

  private static void compare(IntToDoubleFunction found, double[] expected, double[] bound) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found.applyAsDouble(i))
          .as("element %d", i)
          .isCloseTo(expected[i], within(1e-5 * bound[i] + 1e-30));
    }
  }
}
