package org.regularizedvi.cells;

/**
 * Holds a matrix of cells x features that lies in a temporary file until it is written as a layer:
 * no memory holds it. Rows are added from the first to the last.
 */
public sealed interface Layer extends AutoCloseable permits SparseLayer, DenseLayer {
  /** {@return the number of cells} */
  int rows();

  /** {@return the number of features} */
  int columns();

  /** {@return the number of values that are stored} */
  long stored();

  /**
   * {@return a view with the rows in the order given, valid while this is open; it need not be
   * closed}
   *
   * @param rowOf the row of each new row; -1 makes a row without values: empty where sparse, NaN
   *     where dense
   */
  Layer arranged(int[] rowOf);

  /**
   * {@return the row after the last of a block that fits into memory}
   *
   * @param from the first row of the block
   */
  int end(int from);

  @Override
  void close();
}
