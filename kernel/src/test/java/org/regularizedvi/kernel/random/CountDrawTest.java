package org.regularizedvi.kernel.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.kernel.special.Gammas;

/** Draws against the probabilities in the textbook's form, with log-gammas. */
class CountDrawTest {
  private static double probability(int x, double mu, double theta) {
    return Math.exp(
        Gammas.logGamma(theta + x)
            - Gammas.logGamma(theta)
            - Gammas.logGamma(x + 1)
            + theta * Math.log(theta / (theta + mu))
            + x * Math.log(mu / (theta + mu)));
  }

  @ParameterizedTest
  @CsvSource({"0.001, 2", "0.7, 0.05", "3, 9", "40, 0.5", "900, 30", "3000, 2000"})
  void theDrawOfANumberInTheMiddleOfAStepIsThatStep(double mu, double theta) {
    double below = 0;
    int steps = 0;
    for (int x = 0; below < 1 - 1e-9; x++) {
      double p = probability(x, mu, theta);
      if (p > 1e-9) {
        assertThat(CountDraw.of(below + p / 2, mu, theta)).isEqualTo(x);
        steps++;
      }
      below += p;
    }
    assertThat(steps).isGreaterThan(1);
    assertThat(CountDraw.ofZero(mu, theta)).isCloseTo(probability(0, mu, theta), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0.3, 4", "5, 0.3", "1500, 20", "2, 1e16", "900, 1e16"})
  void meanAndVarianceAreThoseOfTheDistribution(double mu, double theta) {
    int points = 400_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < points; i++) {
      double x = CountDraw.of((i + 0.5) / points, mu, theta) - mu;
      sum += x;
      squares += x * x;
    }
    double variance = mu + mu * mu / theta;
    assertThat(sum / points).isCloseTo(0, within(1e-3 * Math.sqrt(variance)));
    assertThat(squares / points).isCloseTo(variance, within(1e-3 * variance));
  }

  /** The largest number below 1 must come to an end, though rounding keeps the sum below it. */
  @ParameterizedTest
  @CsvSource({"0.01, 5", "5, 0.3", "1500, 20"})
  void theLastNumberHasADraw(double mu, double theta) {
    double sd = Math.sqrt(mu + mu * mu / theta);
    assertThat((double) CountDraw.of(Math.nextDown(1.0), mu, theta))
        .isBetween(mu + 3 * sd, mu + 200 * sd + 20);
  }
}
