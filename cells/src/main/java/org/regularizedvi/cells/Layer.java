package org.regularizedvi.cells;

/**
 * A matrix of cells x features that lies in a temporary file until it is written as a layer: no
 * memory holds it. Rows are added from the first to the last.
 */
public sealed interface Layer extends AutoCloseable permits SparseLayer, DenseLayer {
  int rows();

  int columns();

  /** The number of values that are stored. */
  long stored();

  /**
   * Returns a view with the rows in the order given, valid while this is open; it need not be
   * closed.
   *
   * @param rowOf -1 makes a row without values: empty where sparse, NaN where dense
   */
  Layer arranged(int[] rowOf);

  /** Returns where a block of rows ends that begins at {@code from} and fits into memory. */
  int end(int from);

  @Override
  void close();
}
