package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 4",
    "5, 1000",
    "1001, 1000000",
  })
  void staysWithinItsBudget(int fewest, int most) {
    SplittableRandom random = new SplittableRandom(3);
    OneElement element = new OneElement();
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
      OneElement.Errors errors = element.errors(theta, mu, x);
      valueError = Math.max(valueError, errors.value());
      muError = Math.max(muError, errors.perLogMu());
      thetaError = Math.max(thetaError, errors.perLogTheta());
    }
    System.out.printf(
        "accuracy, counts %d..%d: value %.1e, d/dlog mu %.1e, d/dlog theta %.1e%n",
        fewest, most, valueError, muError, thetaError);
    assertThat(valueError).isLessThan(OneElement.BUDGETS.value());
    assertThat(muError).isLessThan(OneElement.BUDGETS.perLogMu());
    assertThat(thetaError).isLessThan(OneElement.BUDGETS.perLogTheta());
  }
}
