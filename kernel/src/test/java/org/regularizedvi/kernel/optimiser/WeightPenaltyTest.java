package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class WeightPenaltyTest {
  /** No multiple of any vector's width. */
  private static final int SIZE = 8237;

  private static final int FROM = 3;
  private static final float FACTOR = 0.37f;

  @Test
  void addsTheWeightToItsGradientAndSumsSquares() {
    SplittableRandom random = new SplittableRandom(1);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment weight = arena.allocate(4L * SIZE);
      MemorySegment gradient = arena.allocate(4L * SIZE);
      float[] before = new float[SIZE];
      double squares = 0;
      for (int i = 0; i < SIZE; i++) {
        float w = (float) random.nextDouble(-2, 1);
        weight.setAtIndex(JAVA_FLOAT, i, w);
        before[i] = (float) random.nextDouble(-1, 1);
        gradient.setAtIndex(JAVA_FLOAT, i, before[i]);
        squares += i >= FROM ? (double) w * w : 0;
      }
      double found = WeightPenalty.add(weight, gradient, FACTOR, FROM, SIZE);
      assertThat(found).isCloseTo(squares, Percentage.withPercentage(1e-4));
      for (int i = 0; i < SIZE; i++) {
        float added = i < FROM ? 0 : FACTOR * weight.getAtIndex(JAVA_FLOAT, i);
        assertThat(gradient.getAtIndex(JAVA_FLOAT, i)).isEqualTo(added + before[i]);
      }
    }
  }
}
