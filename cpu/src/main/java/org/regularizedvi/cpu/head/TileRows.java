package org.regularizedvi.cpu.head;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.cpu.split.SharedParts;

/**
 * Holds a number of each cell for each tile, of which each worker has made those of its tiles.
 *
 * @param perTile the numbers of each tile
 * @param bounds the first tile of each worker, and the number of tiles
 * @param rows number of cells
 */
record TileRows(double[][] perTile, int[] bounds, int rows) implements SharedParts {
  @Override
  public long bytes(int rank) {
    return (bounds[rank + 1] - bounds[rank]) * (long) rows * Double.BYTES;
  }

  @Override
  public void pack(int rank, MemorySegment into) {
    for (int t = bounds[rank]; t < bounds[rank + 1]; t++) {
      MemorySegment.copy(perTile[t], 0, into, JAVA_DOUBLE, place(rank, t), rows);
    }
  }

  @Override
  public void unpack(int rank, MemorySegment part) {
    for (int t = bounds[rank]; t < bounds[rank + 1]; t++) {
      perTile[t] = new double[rows];
      MemorySegment.copy(part, JAVA_DOUBLE, place(rank, t), perTile[t], 0, rows);
    }
  }

  private long place(int rank, int tile) {
    return (tile - bounds[rank]) * (long) rows * Double.BYTES;
  }
}
