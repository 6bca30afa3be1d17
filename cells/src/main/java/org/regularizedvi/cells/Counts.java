package org.regularizedvi.cells;

import java.util.stream.Stream;

/**
 * The counts of cells x features, wherever they are kept. Rows that are asked for come as {@link
 * SparseRows} in memory, which nobody may change: they may be the counts themselves. Any thread may
 * ask, and several at the same time.
 */
public interface Counts {
  /** Returns the number of cells. */
  int rows();

  /** Returns the number of features. */
  int columns();

  /** Returns the number of counts above zero. */
  long nonzeros();

  /** Tells whether a value is not a whole number. */
  boolean fractional();

  /**
   * Tells whether a cell has no count above zero.
   *
   * @throws IndexOutOfBoundsException when there is no such row
   */
  boolean isEmpty(int row);

  /**
   * Returns the given rows, in the order given; a row may come twice.
   *
   * @throws IndexOutOfBoundsException when there is no such row
   */
  SparseRows gather(int[] rows);

  /**
   * Returns the rows {@code from} to {@code to - 1}.
   *
   * @throws IndexOutOfBoundsException when there are no such rows
   */
  SparseRows slice(int from, int to);

  /**
   * Returns all rows from the first to the last, for one pass over all counts; how many rows a
   * block has is up to whoever keeps the counts.
   */
  Stream<SparseRows> blocks();

  /**
   * Returns the total count of each of the given cells, in double precision. The totals of all
   * cells are added up when they are first asked for, and kept.
   */
  double[] totals(int[] rows);

  /**
   * Returns the SHA-256 of size, positions and values, the same for equal counts however they are
   * kept: see {@link CountDigest}.
   */
  String digest();

  /**
   * Returns a view of the rows in another order.
   *
   * @param rows may hold a row twice; -1 makes an empty row
   * @throws IndexOutOfBoundsException when there is no such row
   */
  Counts inOrder(int[] rows);
}
