package org.regularizedvi.kernel.special;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SpecialFunctionsTest {
  @ParameterizedTest
  @CsvFileSource(resources = "special.csv")
  void agreeWithFortyDigits(String function, double argument, double value) {
    double tolerance = 8e-15 * Math.max(1, Math.abs(value));
    double found =
        switch (function) {
          case "logGamma" -> Gammas.logGamma(argument);
          case "digamma" -> Gammas.digamma(argument);
          case "softplus" -> Softplus.value(argument);
          case "sigmoid" -> Softplus.derivative(argument);
          default -> throw new IllegalArgumentException(function);
        };
    assertThat(found).isCloseTo(value, within(tolerance));
    if (function.equals("softplus")) {
      assertThat(found).isCloseTo(value, within(1e-15 * value + Double.MIN_NORMAL));
      assertThat(Softplus.inverse(found))
          .isCloseTo(argument, within(1e-14 * Math.max(1, Math.abs(argument))));
    }
  }

  @Test
  void notDefinedBelowZero() {
    assertThat(Gammas.logGamma(0)).isNaN();
    assertThat(Gammas.logGamma(-1.5)).isNaN();
    assertThat(Gammas.digamma(-1)).isNaN();
    assertThat(Gammas.digamma(Double.NaN)).isNaN();
  }

  @Test
  void softplusOfHugeArgumentsStaysFinite() {
    assertThat(Softplus.value(1e300)).isEqualTo(1e300);
    assertThat(Softplus.value(-1e300)).isZero();
    assertThat(Softplus.derivative(-1e300)).isZero();
  }
}
