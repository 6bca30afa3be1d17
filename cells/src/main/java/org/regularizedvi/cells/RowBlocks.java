package org.regularizedvi.cells;

import java.util.Optional;

/** A matrix of counts as checked blocks of rows, in order. */
public interface RowBlocks extends AutoCloseable {
  int rows();

  int columns();

  /**
   * Returns the number of values that reading all of it takes memory for, 0 where the file does not
   * say.
   */
  long stored();

  /** Returns the next rows, empty after the last. */
  Optional<SparseRows> next();

  @Override
  void close();
}
