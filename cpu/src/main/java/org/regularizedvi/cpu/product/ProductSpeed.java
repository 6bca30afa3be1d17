package org.regularizedvi.cpu.product;

import java.lang.foreign.Arena;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** Measures how fast this machine multiplies matrices as the decoder's head does, on one thread. */
public final class ProductSpeed {
  private static final int CELLS = 256;
  private static final int UNITS = 512;
  private static final int GENES = 512;
  private static final int ROUNDS = 9;

  /** After so long no other round begins: libraries multiply some types with loops of plain C. */
  private static final double PATIENCE_SECONDS = 1;

  private ProductSpeed() {}

  /**
   * {@return the seconds per multiplication or addition in the three products of a tile of genes,
   * the best of some rounds, of fewer where they take seconds}
   *
   * @param products multiplies
   * @param type of the operands
   */
  public static double secondsPerOperation(Products products, ElementType type) {
    try (Arena arena = Arena.ofConfined()) {
      Matrix hidden = Matrix.in(arena, type, CELLS, UNITS);
      Matrix weight = Matrix.in(arena, type, GENES, UNITS);
      Matrix gradient = Matrix.in(arena, type, CELLS, GENES);
      // The same memory each time: pages that the system has to find first take longer than
      // bfloat16 products.
      Matrix logits = Matrix.in(arena, CELLS, GENES);
      Matrix hiddenGradient = Matrix.in(arena, CELLS, UNITS);
      Matrix weightGradient = Matrix.in(arena, GENES, UNITS);
      double best = Double.POSITIVE_INFINITY;
      long first = System.nanoTime();
      int round = 0;
      do {
        long start = System.nanoTime();
        products.timesTransposed(hidden, weight, 0, logits);
        products.times(gradient, weight, 0, hiddenGradient);
        products.transposedTimes(gradient, hidden, 0, weightGradient);
        best = Math.min(best, seconds(start));
        round++;
      } while (round < ROUNDS && seconds(first) < PATIENCE_SECONDS);
      return best / (3 * 2.0 * CELLS * UNITS * GENES);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
