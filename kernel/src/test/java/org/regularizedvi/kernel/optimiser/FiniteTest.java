package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

final class FiniteTest {
  @Test
  void findsTheOnlyOneWhereverItStands() {
    try (Arena arena = Arena.ofConfined()) {
      for (int count : new int[] {0, 1, 15, 16, 17, 67}) {
        MemorySegment values = arena.allocate(JAVA_FLOAT, count + 1L);
        values.setAtIndex(JAVA_FLOAT, count, Float.NaN); // behind the end
        for (int i = 0; i < count; i++) {
          values.setAtIndex(JAVA_FLOAT, i, i % 2 == 0 ? Float.MAX_VALUE : -Float.MIN_VALUE);
        }
        assertThat(Finite.all(values, count)).as("%d finite ones", count).isTrue();
        for (int i = 0; i < count; i++) {
          for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, -1 / 0f}) {
            values.setAtIndex(JAVA_FLOAT, i, bad);
            assertThat(Finite.all(values, count)).as("%s at %d", bad, i).isFalse();
          }
          values.setAtIndex(JAVA_FLOAT, i, 1);
        }
      }
    }
  }
}
