package org.regularizedvi.kernel.optimiser;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class AdamStepTest {
  private static final int SIZE = 83;
  private static final double LR = 0.01;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.999;
  private static final double EPS = 0.01;
  private static final double DECAY = 0.1;

  /**
   * Five steps against the formulas of Kingma and Ba (2015) in double precision, L2 term included.
   */
  @Test
  void followsTheTextbook() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment p = random(arena, 1);
      MemorySegment g = random(arena, 2);
      MemorySegment m = arena.allocate(4L * SIZE);
      MemorySegment v = arena.allocate(4L * SIZE);
      double[] parameter = doubles(p);
      double[] first = new double[SIZE];
      double[] second = new double[SIZE];
      for (int t = 1; t <= 5; t++) {
        new AdamStep(t, LR, BETA1, BETA2, EPS, DECAY).apply(p, g, m, v, 0, SIZE);
        for (int i = 0; i < SIZE; i++) {
          double gradient = g.getAtIndex(JAVA_FLOAT, i) + DECAY * parameter[i];
          first[i] = BETA1 * first[i] + (1 - BETA1) * gradient;
          second[i] = BETA2 * second[i] + (1 - BETA2) * gradient * gradient;
          double mHat = first[i] / (1 - Math.pow(BETA1, t));
          double vHat = second[i] / (1 - Math.pow(BETA2, t));
          parameter[i] -= LR * mHat / (Math.sqrt(vHat) + EPS);
          assertThat((double) p.getAtIndex(JAVA_FLOAT, i))
              .as("parameter %d after step %d", i, t)
              .isCloseTo(parameter[i], Offset.offset(1e-6));
        }
      }
    }
  }

  /**
   * However a tensor is cut, every entry gets the same bits, and none outside the cut is touched.
   */
  @Test
  void doesNotDependOnTheCut() {
    try (Arena arena = Arena.ofConfined()) {
      float[] whole = run(arena, 0, SIZE);
      float[] pieces = run(arena, 0, 5, 5, 6, 6, 40, 40, SIZE);
      assertThat(pieces).isEqualTo(whole);
      float[] part = run(arena, 20, 30);
      float[] untouched = random(arena, 1).toArray(JAVA_FLOAT);
      for (int i = 0; i < SIZE; i++) {
        assertThat(part[i]).isEqualTo(i >= 20 && i < 30 ? whole[i] : untouched[i]);
      }
    }
  }

  @Test
  void countsFromOne() {
    assertThatThrownBy(() -> new AdamStep(0, LR, BETA1, BETA2, EPS, DECAY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] run(Arena arena, int... cuts) {
    MemorySegment p = random(arena, 1);
    MemorySegment m = random(arena, 3);
    MemorySegment v = random(arena, 4);
    for (int i = 0; i < SIZE; i++) {
      v.setAtIndex(JAVA_FLOAT, i, Math.abs(v.getAtIndex(JAVA_FLOAT, i)));
    }
    for (int c = 0; c < cuts.length; c += 2) {
      new AdamStep(3, LR, BETA1, BETA2, EPS, DECAY)
          .apply(p, random(arena, 2), m, v, cuts[c], cuts[c + 1]);
    }
    return p.toArray(JAVA_FLOAT);
  }

  private static double[] doubles(MemorySegment segment) {
    double[] values = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = segment.getAtIndex(JAVA_FLOAT, i);
    }
    return values;
  }

  private static MemorySegment random(Arena arena, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    MemorySegment segment = arena.allocate(4L * SIZE, 64);
    for (int i = 0; i < SIZE; i++) {
      segment.setAtIndex(JAVA_FLOAT, i, (float) random.nextDouble(-1, 1));
    }
    return segment;
  }
}
