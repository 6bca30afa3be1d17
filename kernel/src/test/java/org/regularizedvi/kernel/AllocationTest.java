package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * A call allocates nothing, whatever ran before: every mode runs first, as loops compiled after
 * many others are the ones whose vectors end up as objects.
 */
class AllocationTest {
  private static final int ROWS = 32;
  private static final int COLUMNS = 1024;
  private static final int CALLS = 50;
  private static final Duration PATIENCE =
      Duration.ofSeconds(60); // for the compiler, on a busy machine

  @Test
  @EnabledIf("org.regularizedvi.kernel.instruction.Instructions#multiplyAndAdd")
  void theHotPathAllocatesNothing() {
    CountLikelihoodTest.cases().forEach(new CountLikelihoodTest()::twinsHaveTheSameBits);
    CountLikelihood likelihood = CountLikelihood.fastest();
    try (Arena arena = Arena.ofConfined()) {
      List<Plan> plans = new ArrayList<>();
      float[] given = new float[ROWS * COLUMNS];
      for (Noise noise :
          new Noise[] {
            new Noise.Generated(new CounterRandom(1), 1, 1),
            new Noise.Given(given, COLUMNS),
            new Noise.None()
          }) {
        plans.add(new Plan(Activation.SOFTPLUS, Pass.GRADIENTS, noise, -1f));
        plans.add(new Plan(Activation.SOFTPLUS, Pass.VALUE, noise, -1f));
        plans.add(new Plan(Activation.SOFTMAX, Pass.SOFTMAX_SUMS, noise, -1f));
        plans.add(new Plan(Activation.SOFTMAX, Pass.GRADIENTS, noise, -1f));
      }
      for (ElementType type : ElementType.values()) {
        Tile tile = tile(arena, type);
        for (Plan plan : plans) {
          assertThat(bytesOf(likelihood, plan, tile)).as("%s %s", plan, type).isZero();
        }
      }
    }
  }

  private static Tile tile(Arena arena, ElementType type) {
    MemorySegment memory = arena.allocate((long) ROWS * COLUMNS * type.bytes());
    int[] rowStart = new int[ROWS + 1];
    int[] column = new int[ROWS * COLUMNS];
    float[] count = new float[ROWS * COLUMNS];
    int entries = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int c = row % 9; c < COLUMNS; c += 9) {
        column[entries] = c;
        count[entries] = entries % 11 == 0 ? 2.5f : 1 + entries % 8;
        entries++;
      }
      rowStart[row + 1] = entries;
    }
    return new Tile(77, COLUMNS, memory, type, COLUMNS, rowStart, column, count, BurstSizes.NONE);
  }

  /** Least bytes of many calls: the compiler may still be at work during the first. */
  private static long bytesOf(CountLikelihood likelihood, Plan plan, Tile tile) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Cells cells = new Cells(new float[ROWS], new long[ROWS], new float[ROWS], new float[ROWS]);
    float[] ones = new float[COLUMNS];
    Arrays.fill(ones, 1f);
    GroupRows group =
        new GroupRows(
            0,
            ROWS,
            new GeneTerms(ones, ones, ones, ones, 0),
            new GeneGradients(
                new float[COLUMNS],
                new float[COLUMNS],
                new float[COLUMNS],
                new float[COLUMNS],
                new float[COLUMNS],
                0));
    RowSums sums = RowSums.ofRows(ROWS);
    Workspace workspace = new Workspace(ROWS);
    long end = System.nanoTime() + PATIENCE.toNanos();
    long bytes;
    do {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int call = 0; call < CALLS; call++) {
        likelihood.run(plan, tile, cells, group, sums, workspace);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    } while (bytes > 0 && System.nanoTime() < end);
    return bytes;
  }
}
