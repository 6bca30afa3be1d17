package org.regularizedvi.cells;

import java.util.Optional;

/**
 * Rows that are made of other rows: they are as many, have as many features and counts, end and are
 * watched with these, unless a class says otherwise. What it gives of each block it always says.
 */
abstract class RowsOver implements RowBlocks {
  private final RowBlocks all;

  /**
   * Stands on other rows.
   *
   * @param all what is read, and closed with this
   */
  RowsOver(RowBlocks all) {
    this.all = all;
  }

  /** {@return what is read} */
  RowBlocks all() {
    return all;
  }

  @Override
  public int rows() {
    return all.rows();
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
    return all.next().map(this::given);
  }

  /** {@return what is given of a block, rows in the order of the file} */
  abstract SparseRows given(SparseRows block);

  @Override
  public void watch(String modality, PassListener listener) {
    all.watch(modality, listener);
  }

  @Override
  public void close() {
    all.close();
  }
}
