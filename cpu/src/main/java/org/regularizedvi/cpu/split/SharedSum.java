package org.regularizedvi.cpu.split;

import java.lang.foreign.MemorySegment;

/**
 * Gives numbers of each cell that are summed over genes, of which several workers have made parts:
 * as they are sent, rows of float32 numbers come first, then rows of float64 numbers.
 */
public interface SharedSum {
  /** {@return the tree that they are added up as} */
  TreeShape shape();

  /** {@return how many float32 numbers a cell has, a multiple of 16} */
  int floats();

  /** {@return how many float64 numbers a cell has} */
  int doubles();

  /**
   * Copies some rows of a sum that this worker has made.
   *
   * @param root its place among {@link TreeSum#roots}
   * @param from the first row
   * @param to the row after the last
   * @param into takes them
   */
  void pack(int root, int from, int to, MemorySegment into);

  /**
   * Takes some rows of the sum of all.
   *
   * @param from the first row
   * @param to the row after the last
   * @param total holds them
   */
  void unpack(int from, int to, MemorySegment total);

  /**
   * {@return the bytes of so many rows}
   *
   * @param rows their number
   */
  default long bytes(int rows) {
    return (long) rows * (floats() * Float.BYTES + doubles() * Double.BYTES);
  }

  /**
   * Adds rows to others.
   *
   * @param more the rows, which are not read after that
   * @param sum takes the sums
   * @param rows their number
   */
  default void add(MemorySegment more, MemorySegment sum, int rows) {
    long floatBytes = (long) rows * floats() * Float.BYTES;
    FloatSums.add(more, sum, floatBytes);
    FloatSums.addDoubles(more, sum, floatBytes, (long) rows * doubles());
  }
}
