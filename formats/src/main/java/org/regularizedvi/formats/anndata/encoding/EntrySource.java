package org.regularizedvi.formats.anndata.encoding;

/** Gives the entries of a matrix of counts in the order in which a file has them. */
public interface EntrySource extends AutoCloseable {
  /** Takes entries. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes an entry.
     *
     * @param row its row, from 0
     * @param column its column, from 0
     * @param value its value, checked
     */
    void put(int row, int column, float value);
  }

  /** Names the matrix and its file for messages. */
  String where();

  /** {@return the number of rows} */
  int rows();

  /** {@return the number of columns} */
  int columns();

  /** {@return the number of entries} */
  long entries();

  /**
   * {@return how many entries each row has}
   *
   * @throws org.regularizedvi.input.InputException when the file is damaged
   */
  int[] counts();

  /**
   * Gives all entries once, as many of each row as were counted.
   *
   * @param taker takes them
   * @throws org.regularizedvi.input.InputException when the file is damaged or has changed, or a
   *     value is no count
   */
  void each(Taker taker);

  @Override
  void close();
}
