package org.regularizedvi.kernel;

import java.lang.foreign.MemorySegment;

/**
 * A tile of neighbouring genes for all cells of a minibatch: their logits, which a call may
 * overwrite, and their counts.
 *
 * <p>Element (n, j) of the logits lies at byte (n * rowStride + j) * type.bytes() of the segment,
 * which may be native or on the heap and needs no padding: the kernel reads and writes exactly
 * {@code columns} elements of a row. The counts of cell n are entries rowStart[n] .. rowStart[n +
 * 1] of {@code column} and {@code count}.
 *
 * @param firstGene the index of column 0 among all genes, which keys the noise
 * @param columns the number of genes
 * @param logits the decoder's logits, in place
 * @param type the number type of the logits
 * @param rowStride elements from one row of the logits to the next, at least {@code columns}
 * @param rowStart where the counts of each cell begin, length N + 1
 * @param column the gene of each count, 0 to columns-1, ascending within a cell and without repeats
 * @param count the counts, 0 or more
 * @param sizes the logits of burst sizes, with {@link Activation#BURSTS}
 */
public record Tile(
    int firstGene,
    int columns,
    MemorySegment logits,
    ElementType type,
    long rowStride,
    int[] rowStart,
    int[] column,
    float[] count,
    BurstSizes sizes) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when a size is negative or rows overlap
   */
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
  void check(int fromRow, int toRow, Activation activation) {
    long needed = toRow == 0 ? 0 : ((toRow - 1) * rowStride + columns) * type.bytes();
    boolean holds =
        needed <= logits.byteSize()
            && (activation != Activation.BURSTS || needed <= sizes.logits().byteSize());
    if (fromRow < 0 || fromRow > toRow || toRow >= rowStart.length || !holds) {
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
