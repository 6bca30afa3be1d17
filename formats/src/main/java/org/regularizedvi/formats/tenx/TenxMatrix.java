package org.regularizedvi.formats.tenx;

import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.RowBlocks;

/** Gives the counts of cells x features of one input, with the features of every type. */
interface TenxMatrix extends AutoCloseable {
  /** Names the matrix and its file for messages. */
  String where();

  /**
   * Opens the counts to be read once, from the first cell to the last.
   *
   * @throws org.regularizedvi.input.InputException when the matrix is damaged
   */
  RowBlocks blocks(CountCheck check);

  @Override
  void close();
}
