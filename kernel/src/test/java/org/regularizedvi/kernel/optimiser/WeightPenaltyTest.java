package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightPenaltyTest {
  private static final int ROWS = 13;
  private static final int FIRST = 3;

  /** Also strides that are no multiple of any vector's width. */
  @ParameterizedTest
  @ValueSource(ints = {5, 16, 48, 643})
  void addsTheWeightToItsGradientAndSumsSquares(int stride) {
    SplittableRandom random = new SplittableRandom(1);
    float[] factor = new float[FIRST + ROWS];
    for (int r = 0; r < factor.length; r++) {
      factor[r] = (float) random.nextDouble(0, 2);
    }
    int size = ROWS * stride;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment weight = arena.allocate(4L * size);
      MemorySegment gradient = arena.allocate(4L * size);
      float[] before = new float[size];
      double penalty = 0;
      for (int i = 0; i < size; i++) {
        float w = (float) random.nextDouble(-2, 1);
        weight.setAtIndex(JAVA_FLOAT, i, w);
        before[i] = (float) random.nextDouble(-1, 1);
        gradient.setAtIndex(JAVA_FLOAT, i, before[i]);
        penalty += (double) factor[FIRST + i / stride] * w * w;
      }
      double found = WeightPenalty.add(weight, gradient, factor, FIRST, ROWS, stride);
      assertThat(found).isCloseTo(penalty, Percentage.withPercentage(1e-4));
      for (int i = 0; i < size; i++) {
        float added = factor[FIRST + i / stride] * weight.getAtIndex(JAVA_FLOAT, i);
        assertThat(gradient.getAtIndex(JAVA_FLOAT, i)).isEqualTo(added + before[i]);
      }
    }
  }
}
