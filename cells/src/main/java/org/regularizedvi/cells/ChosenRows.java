package org.regularizedvi.cells;

import java.util.Arrays;
import java.util.Optional;

/** Gives some rows of a matrix of counts, in order; all rows are read. */
final class ChosenRows implements RowBlocks {
  private final RowBlocks all;
  private final int[] rows;
  private int passed;
  private int given;

  /**
   * Chooses rows.
   *
   * @param rows their places, ascending
   */
  ChosenRows(RowBlocks all, int[] rows) {
    this.all = all;
    this.rows = rows;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public int columns() {
    return all.columns();
  }

  @Override
  public long stored() {
    return all.stored();
  }

  @Override
  public Optional<SparseRows> next() {
    return all.next().map(this::chosen);
  }

  private SparseRows chosen(SparseRows block) {
    int from = given;
    while (given < rows.length && rows[given] < passed + block.rows()) {
      given++;
    }
    int[] places = Arrays.copyOfRange(rows, from, given);
    Arrays.setAll(places, i -> places[i] - passed);
    passed += block.rows();
    return block.pick(places);
  }

  @Override
  public void watch(String modality, PassListener listener) {
    all.watch(modality, listener);
  }

  @Override
  public void close() {
    all.close();
  }
}
