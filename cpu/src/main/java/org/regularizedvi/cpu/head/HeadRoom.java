package org.regularizedvi.cpu.head;

import java.lang.foreign.Arena;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/**
 * Keeps the memory that one worker needs for a tile of one weight: logits that become their
 * gradient, and the tile's weight gradient.
 */
final class HeadRoom implements AutoCloseable {
  private final int tileSize;
  private final ElementType type;
  final Matrix weightGradient;
  private final Arena arena = Arena.ofShared();
  private Arena rowsArena = Arena.ofShared();
  private Matrix logits;

  HeadRoom(int tileSize, int hidden, ElementType type) {
    this.tileSize = tileSize;
    this.type = type;
    this.weightGradient = Matrix.over(arena.allocate(4L * tileSize * hidden, 64), tileSize, hidden);
    reserve(0);
  }

  private void reserve(int rows) {
    rowsArena.close();
    rowsArena = Arena.ofShared();
    logits = Matrix.in(rowsArena, type, rows, tileSize);
  }

  /** {@return room for the logits of a number of rows: N x T} */
  Matrix logits(int rows) {
    if (logits.rows() < rows) {
      reserve(rows);
    }
    return logits.rows(0, rows);
  }

  @Override
  public void close() {
    rowsArena.close();
    arena.close();
  }
}
