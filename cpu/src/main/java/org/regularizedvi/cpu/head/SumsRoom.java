package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.RowSums;

/** Keeps the memory of sums over tiles from step to step: what is given back is taken again. */
final class SumsRoom implements AutoCloseable {
  private final int columns;
  private final int sizeColumns;
  private final Deque<TileSums> spare = new ArrayDeque<>();
  private Arena arena = Arena.ofShared();
  private int rows;

  /**
   * Makes an empty room.
   *
   * @param columns of the hidden gradient, 0 where none is computed
   * @param sizeColumns of that of the burst size decoder, 0 where there is none
   */
  SumsRoom(int columns, int sizeColumns) {
    this.columns = columns;
    this.sizeColumns = sizeColumns;
  }

  /** Sees to it that sums are of at least so many cells; what was taken before is gone if not. */
  synchronized void reserve(int cells) {
    if (rows < cells) {
      arena.close();
      arena = Arena.ofShared();
      spare.clear();
      rows = cells;
    }
  }

  /** {@return sums with whatever was in them} */
  synchronized TileSums take() {
    return spare.isEmpty()
        ? new TileSums(
            RowSums.ofRows(rows),
            Matrix.in(arena, rows, columns),
            Matrix.in(arena, rows, sizeColumns))
        : spare.pop();
  }

  /** Takes sums back. */
  synchronized void give(TileSums sums) {
    spare.push(sums);
  }

  @Override
  public void close() {
    arena.close();
  }
}
