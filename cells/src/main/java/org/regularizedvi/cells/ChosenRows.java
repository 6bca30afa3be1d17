package org.regularizedvi.cells;

import java.util.Arrays;

/** Gives some rows of a matrix of counts, in order; all rows are read. */
final class ChosenRows extends RowsOver {
  private final int[] rows;
  private int passed;
  private int given;

  /**
   * Chooses rows.
   *
   * @param rows their places, ascending
   */
  ChosenRows(RowBlocks all, int[] rows) {
    super(all);
    this.rows = rows;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  SparseRows given(SparseRows block) {
    int from = given;
    while (given < rows.length && rows[given] < passed + block.rows()) {
      given++;
    }
    int[] places = Arrays.copyOfRange(rows, from, given);
    Arrays.setAll(places, i -> places[i] - passed);
    passed += block.rows();
    return block.pick(places);
  }
}
