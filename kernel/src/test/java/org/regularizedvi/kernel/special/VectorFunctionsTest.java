package org.regularizedvi.kernel.special;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

final class VectorFunctionsTest {
  private static final float[] EDGES = {
    0f,
    -0f,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    Math.nextDown(1f),
    Math.nextUp(1f),
    20f,
    -20f,
    80f,
    -80f,
    88.72283f,
    88.72284f,
    -87.33654f,
    -87.33655f,
    -103f,
    0.70710677f,
    0.70710683f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN,
    Float.intBitsToFloat(0xffc00000)
  };

  private interface Loop {
    void run(MemorySegment from, long fromAt, MemorySegment to, long toAt, int count);
  }

  private interface Single {
    float of(float argument);
  }

  /** All exponents, both signs, some mantissas each. */
  private static float[] arguments() {
    float[] arguments = new float[EDGES.length + 40_001];
    System.arraycopy(EDGES, 0, arguments, 0, EDGES.length);
    for (int i = EDGES.length; i < arguments.length; i++) {
      arguments[i] = Float.intBitsToFloat(i * 107_377);
    }
    return arguments;
  }

  /**
   * Compares with exact values, in units of the larger of the value and {@code least}, and all
   * loops' bits with those of single numbers.
   */
  private static void check(
      Loop loop, Single single, DoubleUnaryOperator exact, double least, double budget) {
    float[] arguments = arguments();
    int count = arguments.length;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(JAVA_FLOAT, count + 3L);
      MemorySegment to = arena.allocate(JAVA_FLOAT, count + 2L);
      MemorySegment.copy(arguments, 0, from, JAVA_FLOAT, 3L * Float.BYTES, count);
      loop.run(from, 3, to, 1, count);
      assertThat(to.getAtIndex(JAVA_FLOAT, 0)).isZero();
      assertThat(to.getAtIndex(JAVA_FLOAT, count + 1L)).isZero();
      loop.run(from, 3, from, 3, count);
      double worst = 0;
      for (int i = 0; i < count; i++) {
        float found = to.getAtIndex(JAVA_FLOAT, i + 1L);
        assertThat(Float.floatToIntBits(found)) // one NaN for all
            .as("%s", arguments[i])
            .isEqualTo(Float.floatToIntBits(single.of(arguments[i])))
            .isEqualTo(Float.floatToIntBits(from.getAtIndex(JAVA_FLOAT, i + 3L)));
        double expected = exact.applyAsDouble(arguments[i]);
        if (Float.isFinite((float) expected)) {
          worst = Math.max(worst, Math.abs(found - expected) / Math.max(least, Math.abs(expected)));
        } else {
          assertThat(Float.compare(found, (float) expected)).as("%s", arguments[i]).isZero();
        }
      }
      assertThat(worst).isLessThan(budget);
    }
  }

  @Test
  void exponentials() {
    for (float shift : new float[] {0, 3.7f}) {
      check(
          (from, fromAt, to, toAt, count) ->
              VectorFunctions.exp(from, fromAt, shift, to, toAt, count),
          u -> ScalarFunctions.exp(u - shift),
          u -> flushed(Math.exp((float) u - shift)),
          Float.MIN_NORMAL,
          1.2e-7);
    }
  }

  /** Numbers too small for a normal float are 0. */
  private static double flushed(double value) {
    return value < Float.MIN_NORMAL ? 0 : value;
  }

  @Test
  void logarithms() {
    check(VectorFunctions::log, ScalarFunctions::log, Math::log, 1, 1.2e-7);
  }

  @Test
  void softplus() {
    check(
        VectorFunctions::softplus,
        ScalarFunctions::softplus,
        a -> Softplus.value(Math.max(a, -80)),
        Float.MIN_NORMAL,
        2.5e-7);
  }

  @Test
  void derivativesOfSoftplus() {
    check(
        VectorFunctions::sigmoid,
        ScalarFunctions::sigmoid,
        a -> Softplus.derivative(Math.max(a, -80)),
        Float.MIN_NORMAL,
        2.5e-7);
  }
}
