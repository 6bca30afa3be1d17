package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against the functions of the JDK in double precision. */
class FloatFunctionsTest {
  private static final int COUNT = 20_003;

  private interface InPlace {
    void apply(float[] values, int count);
  }

  @Test
  void exponentials() {
    requireNear(FloatFunctions::exp, Math::exp, numbers(-86, 88), 5e-7, 0);
  }

  @Test
  void logarithms() {
    float[] numbers = numbers(-80, 80);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.exp(numbers[i]);
    }
    requireNear(FloatFunctions::log, Math::log, numbers, 2e-7, 1);
    requireNear(FloatFunctions::log, Math::log, numbers(0.8, 1.25), 5e-7, 0);
  }

  @Test
  void logarithmsOfOneAndMore() {
    requireNear(FloatFunctions::log1p, Math::log1p, numbers(0, 1), 5e-7, 0);
  }

  @Test
  void exponentialsBeyondTheRange() {
    float[] values = FloatFunctions.room(5);
    values[0] = 89;
    values[1] = Float.NaN;
    values[2] = -1000;
    values[3] = Float.NEGATIVE_INFINITY;
    values[4] = 0;
    FloatFunctions.exp(values, 5);
    assertThat(values[0]).isInfinite();
    assertThat(values[1]).isNaN();
    assertThat(values[2]).isBetween(0f, 1e-37f);
    assertThat(values[3]).isBetween(0f, 1e-37f);
    assertThat(values[4]).isEqualTo(1);
  }

  private static float[] numbers(double from, double to) {
    SplittableRandom random = new SplittableRandom(1);
    float[] numbers = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      numbers[i] = (float) random.nextDouble(from, to);
    }
    return numbers;
  }

  /** Errors are relative to the number, or to a floor where that is larger. */
  private static void requireNear(
      InPlace function, DoubleUnaryOperator exact, float[] at, double tolerance, double floor) {
    float[] values = FloatFunctions.room(at.length);
    System.arraycopy(at, 0, values, 0, at.length);
    function.apply(values, at.length);
    double worst = 0;
    for (int i = 0; i < at.length; i++) {
      double expected = exact.applyAsDouble(at[i]);
      double error = Math.abs(values[i] - expected);
      worst = Math.max(worst, error == 0 ? 0 : error / Math.max(floor, Math.abs(expected)));
    }
    assertThat(worst).isLessThan(tolerance);
    float[] alone = FloatFunctions.room(1);
    alone[0] = at[7];
    function.apply(alone, 1);
    assertThat(alone[0]).isEqualTo(values[7]);
  }
}
