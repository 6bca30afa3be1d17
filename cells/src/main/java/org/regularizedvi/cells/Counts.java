package org.regularizedvi.cells;

import java.util.stream.Stream;

/**
 * Gives the counts of cells x features, wherever they are kept. Rows that are asked for come as
 * {@link SparseRows} in memory, which nobody may change: they may be the counts themselves. Any
 * thread may ask, and several at the same time.
 */
public interface Counts {
  /** {@return the number of cells} */
  int rows();

  /** {@return the number of features} */
  int columns();

  /** {@return the number of counts above zero} */
  long nonzeros();

  /** {@return whether a value is not a whole number} */
  boolean fractional();

  /**
   * {@return how many values were a hair off whole numbers, and became these when they were read}
   */
  long rounded();

  /** {@return whether memory holds the counts; else they are read whenever they are asked for} */
  boolean inMemory();

  /**
   * {@return whether a cell has no count above zero}
   *
   * @param row the row of the cell, from 0
   * @throws IndexOutOfBoundsException when there is no such row
   */
  boolean isEmpty(int row);

  /**
   * {@return the given rows, in the order given}
   *
   * @param rows the places of the rows, from 0; a row may come twice
   * @throws IndexOutOfBoundsException when there is no such row
   */
  SparseRows gather(int[] rows);

  /**
   * Says which rows will be asked for next, and in which order. Nothing that is given depends on
   * it: who keeps counts on a slow disk may read them in a run.
   *
   * @param rows the places of the rows, each once; a few that follow each other here are asked for
   *     at a time, in any order
   */
  default void expect(int[] rows) {}

  /**
   * {@return the rows {@code from} to {@code to - 1}}
   *
   * @param from the first row, from 0
   * @param to the row behind the last
   * @throws IndexOutOfBoundsException when there are no such rows
   */
  SparseRows slice(int from, int to);

  /**
   * {@return all rows from the first to the last, for one pass over all counts; how many rows a
   * block has is up to whoever keeps the counts}
   */
  Stream<SparseRows> blocks();

  /**
   * {@return the total count of each of the given cells, in double precision} The totals of all
   * cells are added up when they are first asked for, and kept.
   *
   * @param rows the places of the rows, from 0
   */
  double[] totals(int[] rows);

  /**
   * {@return the counts that a training asks for step after step: these, unless the process is one
   * of several, each of which keeps those of some features: then these alone, at the places that
   * they have among all, and of each cell what is known of all its counts}
   */
  default Counts kept() {
    return this;
  }

  /**
   * {@return how many counts above zero each of the given cells has of features before those that
   * are {@link #kept}; 0 where all are}
   *
   * @param rows the places of the rows, from 0
   */
  default int[] before(int[] rows) {
    return new int[rows.length];
  }

  /**
   * {@return the SHA-256 of size, positions and values, the same for equal counts however they are
   * kept: see {@link CountDigest}}
   */
  String digest();

  /**
   * {@return a view of the rows in another order}
   *
   * @param rows the row of each new row; a row may come twice, and -1 makes an empty row
   * @throws IndexOutOfBoundsException when there is no such row
   */
  Counts inOrder(int[] rows);
}
