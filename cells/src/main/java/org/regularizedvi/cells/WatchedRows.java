package org.regularizedvi.cells;

import java.util.Optional;

/** Gives the rows of a matrix of counts, and tells how many it has given. */
final class WatchedRows implements RowBlocks {
  private final RowBlocks all;
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
    this.all = all;
    this.modality = modality;
    this.listener = listener;
    all.watch(modality, listener);
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
    Optional<SparseRows> block = all.next();
    if (block.isPresent()) {
      given += block.get().rows();
      listener.read(PassListener.of(modality, "cell"), given, rows());
    }
    return block;
  }

  @Override
  public RowBlocks some(int[] rows) {
    return new WatchedRows(all.some(rows), modality, listener);
  }

  @Override
  public void close() {
    all.close();
  }
}
