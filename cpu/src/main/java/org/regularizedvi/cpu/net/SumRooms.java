package org.regularizedvi.cpu.net;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Deque;
import org.regularizedvi.cpu.matrix.Matrix;

/** Keeps the memory of one thread's sums of some cells: what is given back is taken again. */
final class SumRooms {
  private final Arena arena;
  private final int rows;
  private final int columns;
  private final Deque<Matrix> spare = new ArrayDeque<>();

  /**
   * Makes an empty store.
   *
   * @param arena owns the memory
   * @param rows most cells of a sum
   * @param columns most units
   */
  SumRooms(Arena arena, int rows, int columns) {
    this.arena = arena;
    this.rows = rows;
    this.columns = columns;
  }

  /** {@return room for so many cells x units, with whatever was in it} */
  Matrix take(int cells, int units) {
    Matrix room = spare.isEmpty() ? Matrix.in(arena, rows, columns) : spare.pop();
    return room.narrow(cells, units);
  }

  /** Takes a room back. */
  void give(Matrix room) {
    spare.push(room);
  }
}
