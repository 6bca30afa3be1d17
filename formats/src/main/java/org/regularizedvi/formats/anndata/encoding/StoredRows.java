package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;

/**
 * Gives a matrix of counts in a file, whose rows can also be read one by one wherever they stand.
 */
public sealed interface StoredRows extends RowBlocks permits CsrBlocks, DenseBlocks, DealtRows {
  /**
   * {@return a bound for the number of values of one row}
   *
   * @param row the row, from 0
   */
  long stored(int row);

  /**
   * Reads rows, checks their values and no others.
   *
   * @param rows ascending, each once; together with at most 2^31 values
   * @return the rows, in the order given
   */
  SparseRows read(int[] rows);

  @Override
  default RowBlocks some(int[] rows) {
    return new PlacedRows(this, rows);
  }
}
