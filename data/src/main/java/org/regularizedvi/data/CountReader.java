package org.regularizedvi.data;

import java.util.Optional;

/** Reads a count matrix block by block, in the order of its rows. */
public final class CountReader implements AutoCloseable {
  CountReader() {}

  public int rows() {
    throw new UnsupportedOperationException("Not built yet");
  }

  public int columns() {
    throw new UnsupportedOperationException("Not built yet");
  }

  /** Returns the next rows, at most so many; empty at the end. */
  public Optional<SparseRows> next(int maxRows) {
    throw new UnsupportedOperationException("Not built yet");
  }

  @Override
  public void close() {}
}
