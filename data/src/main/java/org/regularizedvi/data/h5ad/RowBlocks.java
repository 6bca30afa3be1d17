package org.regularizedvi.data.h5ad;

import java.util.Optional;
import org.regularizedvi.data.SparseRows;

/** A matrix of counts as checked blocks of rows, in order. */
public sealed interface RowBlocks extends AutoCloseable permits CsrBlocks, DenseBlocks, CscBlocks {
  int rows();

  int columns();

  /**
   * Returns the number of values in the file, 0 where that says nothing about the size in memory.
   */
  long stored();

  /** Returns the next rows, empty after the last. */
  Optional<SparseRows> next();

  @Override
  void close();
}
