package org.regularizedvi.cells;

/** Gives the rows of a matrix of counts, and tells how many it has given. */
final class WatchedRows extends RowsOver {
  private final String modality;
  private final PassListener listener;
  private int given;

  /**
   * Watches rows.
   *
   * @param all the rows
   * @param modality names them to the listener
   * @param listener is told how many were given so far
   */
  WatchedRows(RowBlocks all, String modality, PassListener listener) {
    super(all);
    this.modality = modality;
    this.listener = listener;
    all.watch(modality, listener);
  }

  @Override
  SparseRows given(SparseRows block) {
    given += block.rows();
    listener.read(PassListener.of(modality, "cell"), given, rows());
    return block;
  }

  @Override
  public RowBlocks some(int[] rows) {
    return new WatchedRows(all().some(rows), modality, listener);
  }
}
