package org.regularizedvi.kernel;

import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Runs the kernel on invented cells until it is compiled.
 *
 * <p>Vector code that is not yet compiled makes an object of every vector and is a thousand times
 * slower than compiled, so the allocation of a call tells which it is: none, once all loops are
 * compiled.
 */
final class WarmUp {
  private static final int ROWS = 16;
  private static final int COLUMNS = Workspace.PIECE;
  private static final long FEW_BYTES = 1024; // a compiled call's, counting odd safepoint work

  private final CountLikelihood likelihood;
  private final Workspace workspace = new Workspace(ROWS);
  private final float[] background = new float[COLUMNS];
  private final float[] scaling = new float[COLUMNS];
  private final float[] logTheta = new float[COLUMNS];
  private final float[] sigma = new float[COLUMNS];
  private final float[] logits = new float[ROWS * COLUMNS];
  private final short[] halves = new short[ROWS * COLUMNS];
  private final int[] rowStart = new int[ROWS + 1];
  private final int[] column = new int[ROWS * COLUMNS];
  private final float[] count = new float[ROWS * COLUMNS];

  WarmUp(CountLikelihood likelihood) {
    this.likelihood = likelihood;
    int entries = 0;
    for (int row = 0; row < ROWS; row++) {
      for (int c = row % 12; c < COLUMNS; c += 12) {
        column[entries] = c;
        count[entries] = 1 + entries % 7;
        entries++;
      }
      rowStart[row + 1] = entries;
    }
    for (int c = 0; c < COLUMNS; c++) {
      background[c] = 0.01f;
      scaling[c] = 1;
      logTheta[c] = 2;
      sigma[c] = 0.1f;
    }
  }

  /** Runs until a call allocates nothing or the time is up; returns whether it came to that. */
  boolean run(Duration limit) {
    if (!(ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads)) {
      return false;
    }
    long end = System.nanoTime() + limit.toNanos();
    Noise noise = new Noise.Generated(new CounterRandom(1), 255, 0);
    Plan softplus = new Plan(Activation.SOFTPLUS, Pass.GRADIENTS, noise, -1f);
    Plan first = new Plan(Activation.SOFTMAX, Pass.SOFTMAX_SUMS, noise, -1f);
    Plan second = new Plan(Activation.SOFTMAX, Pass.GRADIENTS, noise, -1f);
    Tile floats = tile(MemorySegment.ofArray(logits), ElementType.FLOAT32);
    Tile bfloats = tile(MemorySegment.ofArray(halves), ElementType.BFLOAT16);
    Cells cells = new Cells(new float[ROWS], new long[ROWS], new float[ROWS], new float[ROWS]);
    GroupRows group =
        new GroupRows(
            0,
            ROWS,
            new GeneTerms(background, scaling, logTheta, sigma, 0),
            new GeneGradients(
                new float[COLUMNS],
                new float[COLUMNS],
                new float[COLUMNS],
                new float[COLUMNS],
                new float[COLUMNS],
                0));
    RowSums sums = RowSums.ofRows(ROWS);
    while (System.nanoTime() < end) {
      long before = threads.getCurrentThreadAllocatedBytes();
      likelihood.run(softplus, floats, cells, group, sums, workspace);
      likelihood.run(softplus, bfloats, cells, group, sums, workspace);
      likelihood.run(first, floats, cells, group, sums, workspace);
      likelihood.run(second, floats, cells, group, sums, workspace);
      if (threads.getCurrentThreadAllocatedBytes() - before <= FEW_BYTES) {
        return true;
      }
    }
    return false;
  }

  private Tile tile(MemorySegment memory, ElementType type) {
    return new Tile(0, COLUMNS, memory, type, COLUMNS, rowStart, column, count, BurstSizes.NONE);
  }
}
