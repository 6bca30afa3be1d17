package org.regularizedvi.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A tile of genes for all cells of a minibatch: logits in place, counts in rows.
 *
 * <p>Element (n, j) of the logits lies at byte (n * rowStride + j) * type.bytes() of the segment,
 * which may be native or on the heap and needs no padding: exactly {@code columns} elements of a
 * row are read and written. The counts of cell n are entries rowStart[n] .. rowStart[n + 1] of
 * {@code column} (0 .. columns-1 of this tile, ascending, no repeats) and {@code count} (0 or
 * more).
 *
 * @param firstGene index of column 0 among all genes, which keys the noise
 * @param rowStride elements from one row to the next, at least {@code columns}
 */
public record Tile(
    int firstGene,
    int columns,
    MemorySegment logits,
    ElementType type,
    long rowStride,
    int[] rowStart,
    int[] column,
    float[] count) {
  public Tile {
    if (firstGene < 0 || columns < 0 || rowStride < columns) {
      throw new IllegalArgumentException(
          "tile: expected firstGene >= 0 and 0 <= columns <= rowStride, found firstGene "
              + firstGene
              + ", columns "
              + columns
              + ", rowStride "
              + rowStride);
    }
  }

  /** Refuses rows that the logits or the counts do not hold. */
  void check(int fromRow, int toRow) {
    long needed = toRow == 0 ? 0 : ((toRow - 1) * rowStride + columns) * type.bytes();
    if (fromRow < 0 || fromRow > toRow || toRow >= rowStart.length || needed > logits.byteSize()) {
      throw new IllegalArgumentException(
          "rows of a tile: expected 0 <= from <= to < "
              + rowStart.length
              + " within "
              + logits.byteSize()
              + " bytes of logits, found from "
              + fromRow
              + ", to "
              + toRow
              + " (bytes "
              + needed
              + ")");
    }
  }
}
