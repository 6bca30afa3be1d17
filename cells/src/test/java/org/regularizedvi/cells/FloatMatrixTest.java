package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.input.InputException;

class FloatMatrixTest {
  @ParameterizedTest
  @CsvSource({
    "20000000, 128", // negative as an int
    "50000000, 128", // positive as an int, and much too small
    "2147483640, 1"
  })
  void moreValuesThanAnArrayHoldsAreAMistake(int rows, int columns) {
    assertThatThrownBy(() -> FloatMatrix.room("z", rows, columns))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "z of %,d rows x %,d columns has %,d values; expected at most 2,147,483,639, as many as a matrix in memory can have: take fewer cells at a time.",
            rows, columns, (long) rows * columns);
  }

  @Test
  void asManyAsAnArrayHoldsAreNone() {
    assertThatCode(() -> FloatMatrix.requireRoom("z", 2147483639, 1)).doesNotThrowAnyException();
    assertThat(FloatMatrix.room("z", 3, 4)).hasSize(12).containsOnly(0);
  }
}
