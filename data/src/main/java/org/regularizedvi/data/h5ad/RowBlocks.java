package org.regularizedvi.data.h5ad;

import java.util.Optional;
import org.regularizedvi.data.SparseRows;

/** A matrix of counts as checked blocks of rows, in order. */
public sealed interface RowBlocks extends AutoCloseable permits StoredRows, PlacedRows {
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
