package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.input.InputException;

/** What is a hair off a whole number is this number; larger fractions are told of. */
final class CountCheckTest {
  private static CountCheck check(CountChecks checks, String elsewhere) {
    return new CountCheck(
        "'X' in a.h5ad",
        "--layer counts",
        () -> elsewhere,
        n -> "c" + n,
        g -> "g" + g,
        checks,
        true);
  }

  @ParameterizedTest
  @CsvSource({"2.0000002,2", "0.9999999,1", "999.9995,1000", "100000.04,100000"})
  void roundTripsOfFloat32LeaveWholeNumbers(double value, float whole) {
    CountCheck check = check(CountChecks.INTEGERS, "");
    assertThat(check.accept(value, 0, 0)).isEqualTo(whole);
    assertThat(check.accept(3, 0, 0)).isEqualTo(3);
    assertThat(check.rounded()).isEqualTo(1);
    assertThat(check.fractional()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.000001, 1.0001, 2.5, 100000.1, 16000000.4})
  void fractionsAreNone(double value) {
    assertThatThrownBy(() -> check(CountChecks.INTEGERS, "").accept(value, 0, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected whole counts. X may hold normalised data");
  }

  @Test
  void fractionsThatMayPassStayAsTheyAre() {
    CountCheck check = check(CountChecks.ALLOW_NON_INTEGER, "");
    assertThat(check.accept(2.00001, 0, 0)).isEqualTo(2.00001f);
    assertThat(check.rounded()).isZero();
  }

  @Test
  void sayWhereWholeNumbersAre() {
    String elsewhere = "layer 'counts' holds whole numbers: --layer counts";
    assertThatThrownBy(() -> check(CountChecks.INTEGERS, elsewhere).accept(0.5, 1, 2))
        .hasMessage(
            "'X' in a.h5ad has the value 0.5 in cell 'c1', gene 'g2'; expected whole counts; "
                + elsewhere
                + ", or take the values as they are with --allow-non-integer.");
    assertThatThrownBy(() -> check(CountChecks.INTEGERS, elsewhere).accept(-1, 1, 2))
        .hasMessageEndingWith("expected counts of zero or more; " + elsewhere + ".");
  }

  @Test
  void manyValuesArePlainWhereEachIs() {
    float[] edges = {
      0,
      -0f,
      1,
      2,
      3,
      0.5f,
      1.5f,
      -1,
      -3,
      1e-30f,
      Math.nextUp(1f),
      Math.nextDown(1f),
      8388607.5f,
      1 << 24,
      Math.nextUp(1f * (1 << 24)),
      3e9f,
      1e30f,
      Float.NaN,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY
    };
    float[] values = new float[100];
    for (float edge : edges) {
      Arrays.fill(values, 7);
      values[37] = edge;
      boolean plain = edge == 1 || edge == 2 || edge == 3 || edge == 1 << 24;
      assertThat(CountCheck.isPlain(edge)).as("%s", edge).isEqualTo(plain);
      assertThat(CountCheck.arePlain(values, 1, 100)).as("%s", edge).isEqualTo(plain);
      assertThat(CountCheck.arePlain(values, 38, 100)).isTrue();
    }
  }
}
