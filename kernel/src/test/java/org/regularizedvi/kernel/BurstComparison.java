package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.regularizedvi.kernel.special.Softplus;

/**
 * What the kernel wrote for a {@link TestCase} with bursts, against the textbook value in double
 * and its central differences.
 */
final class BurstComparison {
  private static final double STEP = 1e-5;
  private static final int INPUTS = 8; // a, c, l, s, log y, m, log sigma, log of a factor on mu

  private final Oracle oracle = new Oracle();

  private BurstComparison() {}

  static void agree(TestCase work, TestCase.Result result) {
    new BurstComparison().compare(work, result);
  }

  private void compare(TestCase work, TestCase.Result result) {
    int length = work.columns + 2 * TestCase.GUARD;
    double[][][] sum = new double[2][INPUTS][length];
    double[][][] bound = new double[2][INPUTS][length];
    for (int n = 0; n < TestCase.ROWS; n++) {
      int group = n < TestCase.SPLIT ? 0 : 1;
      double value = 0;
      double valueBound = 0;
      double perLibrary = 0;
      double libraryBound = 0;
      double perFactor = 0;
      double[] x = work.counts(n);
      float[] eps = work.noise(n);
      for (int j = 0; j < work.columns; j++) {
        double[] input = work.inputs(n, j);
        value += value(input, eps[j], x[j]);
        valueBound += oracle.valueTerms;
        // By log mu and log V, whatever cancels between them.
        double terms = oracle.perLogMuTerms + 4 * oracle.perLogThetaTerms;
        double[] slope = new double[INPUTS];
        for (int k = 0; k < INPUTS; k++) {
          slope[k] = TestCase.SCALE * slope(input, k, eps[j], x[j]);
        }
        double slack = Math.abs(TestCase.SCALE) * terms;
        double rounding = work.type == ElementType.FLOAT32 ? 0 : 0x1p-8;
        int at = n * work.stride + j;
        near(result.logits()[at], slope[0], 3e-5 * slack + rounding * Math.abs(slope[0]));
        near(result.sizeLogits()[at], slope[1], 3e-5 * slack + rounding * Math.abs(slope[1]));
        perLibrary += slope[2];
        libraryBound += slack;
        perFactor += slope[7];
        double[] factors = {1, 1, 1, 1 / rate(input), 1, 1, Math.abs(eps[j]), 1};
        for (int k = 0; k < INPUTS; k++) {
          sum[group][k][TestCase.GUARD + j] += slope[k];
          bound[group][k][TestCase.GUARD + j] += slack * factors[k];
        }
      }
      near(result.logLikelihood()[n], value, 3e-5 * valueBound);
      near(result.logLibrary()[n], perLibrary, 3e-5 * libraryBound);
      near(result.logFactor()[n], perFactor, 3e-5 * libraryBound);
    }
    for (int g = 0; g < 2; g++) {
      GeneGradients found = result.genes()[g];
      all(found.bias(), sum[g][0], bound[g][0]);
      if (work.extras) {
        all(found.background(), sum[g][3], bound[g][3]);
        all(found.logScaling(), sum[g][4], bound[g][4]);
      }
      all(found.logTheta(), sum[g][5], bound[g][5]);
      if (!work.noise.equals("none")) {
        all(found.logSigma(), sum[g][6], bound[g][6]);
      }
    }
    for (int i = 0; i < length; i++) {
      near(
          result.sizeBias()[i],
          sum[0][1][i] + sum[1][1][i],
          3e-5 * (bound[0][1][i] + bound[1][1][i]));
    }
  }

  private double slope(double[] input, int k, double eps, double x) {
    double[] moved = input.clone();
    moved[k] = input[k] + STEP;
    double above = value(moved, eps, x);
    moved[k] = input[k] - STEP;
    return (above - value(moved, eps, x)) / (2 * STEP);
  }

  private static double rate(double[] input) {
    return Softplus.value(input[0]) * (Softplus.value(input[1]) + TestCase.INTERCEPT) + input[3];
  }

  private double value(double[] input, double eps, double x) {
    double f = Softplus.value(input[0]);
    double b = Softplus.value(input[1]) + TestCase.INTERCEPT;
    double unit = Math.exp(input[2] + input[4]);
    double v = Math.exp(Math.clamp(input[5] + Math.exp(input[6]) * eps, -23, 20.7));
    double mu = unit * Math.exp(input[7]) * (f * b + input[3]);
    double ofVariance = unit / TestCase.FACTOR;
    double variance = ofVariance * ofVariance * f * b * b + v + 1e-8;
    oracle.likelihood(Math.clamp(mu * mu / variance, 1e-30, 9.8e8), mu, x);
    return oracle.value;
  }

  private static void all(float[] found, double[] expected, double[] bound) {
    for (int i = 0; i < expected.length; i++) {
      near(found[i], expected[i], 3e-5 * bound[i]);
    }
  }

  private static void near(double found, double expected, double tolerance) {
    // What central differences in double leave open.
    assertThat(found).isCloseTo(expected, within(tolerance + 1e-7));
  }
}
