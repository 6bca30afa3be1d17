package org.regularizedvi.cells;

import java.util.Optional;

/** Gives a matrix of counts as checked blocks of rows, in order. */
public interface RowBlocks extends AutoCloseable {
  /** {@return the number of rows} */
  int rows();

  /** {@return the number of columns} */
  int columns();

  /**
   * {@return the number of values that reading all rows takes memory for, 0 where the file does not
   * say}
   */
  long stored();

  /** {@return the next rows, empty after the last} */
  Optional<SparseRows> next();

  /**
   * {@return blocks of some of the rows, which take the place of these; nothing may have been read}
   * Whoever can leave the others where they are does; else they are read and dropped.
   *
   * @param rows their places, ascending
   */
  default RowBlocks some(int[] rows) {
    return new ChosenRows(this, rows);
  }

  /**
   * Has somebody told of what must be read through before there can be a first row, as where
   * entries stand in another order; of nothing where rows are read as they stand.
   *
   * @param modality names the counts to the listener
   * @param listener is told
   */
  default void watch(String modality, PassListener listener) {}

  @Override
  void close();
}
