package org.regularizedvi.cpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.regularizedvi.cpu.split.SharedParts;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.kernel.optimiser.WeightPenalty;

/**
 * Adds an L2 penalty to the gradient of one weight on its way to whoever takes it, and sums the
 * penalty up: a few rows at a time, so that they are still near the core when the optimiser reads
 * them again. Gradients of other weights pass as they are.
 *
 * <p>Pieces have a fixed size and their sums are added up in order, whichever thread was first.
 */
final class PenalisedTaker implements TiledMatrix.Taker {
  private static final int ROWS_AT_ONCE = 16;

  private final TiledMatrix.Taker taker;
  private final String name;
  private final float[] factorG;
  private final double[] sums;

  /**
   * Makes a taker that hands on to another.
   *
   * @param taker gets the gradients with what was added
   * @param name the stored name of the weight
   * @param factorG for each row of the weight, what times its entries is added to the gradient;
   *     tiles start at multiples of {@value #ROWS_AT_ONCE} rows
   */
  public PenalisedTaker(TiledMatrix.Taker taker, String name, float[] factorG) {
    this.taker = taker;
    this.name = name;
    this.factorG = factorG;
    this.sums = new double[Math.ceilDiv(factorG.length, ROWS_AT_ONCE)];
  }

  @Override
  public void take(TiledMatrix matrix, int firstRow, int rows, MemorySegment gradient) {
    if (!matrix.name().equals(name)) {
      taker.take(matrix, firstRow, rows, gradient);
      return;
    }
    if (firstRow % ROWS_AT_ONCE != 0) {
      throw new IllegalArgumentException(
          "Tiles start at multiples of %d, not at %d".formatted(ROWS_AT_ONCE, firstRow));
    }
    long rowBytes = (long) matrix.stride() * Float.BYTES;
    for (int row = 0; row < rows; row += ROWS_AT_ONCE) {
      int some = Math.min(ROWS_AT_ONCE, rows - row);
      MemorySegment piece = gradient.asSlice(row * rowBytes, some * rowBytes);
      MemorySegment weight = matrix.weight().asSlice((firstRow + row) * rowBytes, some * rowBytes);
      sums[(firstRow + row) / ROWS_AT_ONCE] =
          WeightPenalty.add(weight, piece, factorG, firstRow + row, some, matrix.stride());
      taker.take(matrix, firstRow + row, some, piece);
    }
  }

  /**
   * {@return the sum of factor times square, of the weight as it was before any of it changed}
   *
   * @param split the workers, each of which has handed the gradients of its genes on
   * @param bounds the first row of each worker, and the number of rows
   */
  public double sum(Split split, int[] bounds) {
    split.gather(
        new SharedParts() {
          @Override
          public long bytes(int rank) {
            return (long) (piece(rank + 1) - piece(rank)) * Double.BYTES;
          }

          @Override
          public void pack(int rank, MemorySegment into) {
            int count = piece(rank + 1) - piece(rank);
            MemorySegment.copy(sums, piece(rank), into, JAVA_DOUBLE, 0, count);
          }

          @Override
          public void unpack(int rank, MemorySegment part) {
            int count = piece(rank + 1) - piece(rank);
            MemorySegment.copy(part, JAVA_DOUBLE, 0, sums, piece(rank), count);
          }

          private int piece(int rank) {
            return Math.ceilDiv(bounds[rank], ROWS_AT_ONCE);
          }
        });
    return Arrays.stream(sums).reduce(0, Double::sum);
  }
}
