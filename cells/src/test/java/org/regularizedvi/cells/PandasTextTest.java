package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected texts are what Python 3.11 prints. */
class PandasTextTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1.0",
    "1.5, 1.5",
    "-0.0, -0.0",
    "100000, 100000.0",
    "1e15, 1000000000000000.0",
    "1e16, 1e+16",
    "1.25e22, 1.25e+22",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "-1.5e-7, -1.5e-07",
    "1e100, 1e+100",
    "123456.789, 123456.789",
    "NaN, nan",
    "-Infinity, -inf"
  })
  void doublesAsPython(double value, String text) {
    assertThat(PandasText.of(value, false)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0.1", "16777216, 16777216.0", "3.4e38, 3.4e+38"})
  void floatsInTheirOwnShortestDigits(float value, String text) {
    assertThat(PandasText.of(value, true)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"-1, true, -1", "-1, false, 18446744073709551615"})
  void wholeNumbers(long value, boolean signed, String text) {
    assertThat(PandasText.of(value, signed)).isEqualTo(text);
  }
}
