package org.regularizedvi.formats.anndata.encoding;

/**
 * Takes entries for ranges of rows in any order, and gives those of some rows back together, in the
 * order in which they came.
 */
sealed interface DealtEntries extends AutoCloseable permits EntriesInMemory, EntriesOnDisk {
  /**
   * Holds entries of rows one below another, columns in any order.
   *
   * @param indptr where each row begins, length rows + 1
   */
  record Rows(int[] indptr, int[] indices, float[] values) {}

  /**
   * Takes an entry.
   *
   * @param row its row in the range
   */
  void put(int range, int row, int column, float value);

  /** Says that all entries were put. */
  void end();

  /** Gives all rows of a range, of which nobody will ask again. */
  Rows take(int range);

  /**
   * Gives copies of some rows.
   *
   * @param rows their places in the range, ascending
   */
  Rows pick(int range, int[] rows);

  @Override
  void close();
}
