package org.regularizedvi.cpu.step;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.regularizedvi.engine.Peers;

/**
 * Keeps the gradients of the wide weights until all of them are known and can be added up with
 * those of other workers, which needs one order on all of them: tiles come in whichever order
 * threads have.
 */
public final class GatheredGradients implements TiledMatrix.Taker, AutoCloseable {
  private static final long ALIGNMENT = 64;

  /** The number of rows that are handed on at once. */
  private static final int ROWS_AT_ONCE = 16;

  private final Arena arena = Arena.ofShared();
  private final Map<TiledMatrix, MemorySegment> gradients = new LinkedHashMap<>();

  /**
   * Makes room for the gradients of some weights.
   *
   * @param matrices the weights
   */
  public GatheredGradients(Collection<TiledMatrix> matrices) {
    for (TiledMatrix matrix : matrices) {
      gradients.put(matrix, arena.allocate(matrix.weight().byteSize(), ALIGNMENT));
    }
  }

  @Override
  public void take(TiledMatrix matrix, int firstRow, int rows, MemorySegment gradient) {
    long rowBytes = (long) matrix.stride() * Float.BYTES;
    MemorySegment.copy(gradient, 0, gradients.get(matrix), firstRow * rowBytes, rows * rowBytes);
  }

  /**
   * Adds all of them up with those of others, and hands the sums on.
   *
   * @param peers the other workers
   * @param taker gets the sums, some rows at a time
   */
  public void sum(Peers peers, TiledMatrix.Taker taker) {
    gradients.forEach(
        (matrix, gradient) -> {
          peers.sum(matrix.name(), gradient);
          long rowBytes = (long) matrix.stride() * Float.BYTES;
          int all = Math.toIntExact(gradient.byteSize() / rowBytes);
          for (int row = 0; row < all; row += ROWS_AT_ONCE) {
            int some = Math.min(ROWS_AT_ONCE, all - row);
            taker.take(matrix, row, some, gradient.asSlice(row * rowBytes, some * rowBytes));
          }
        });
  }

  @Override
  public void close() {
    arena.close();
  }
}
