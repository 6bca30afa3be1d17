package org.regularizedvi.cells;

import java.util.Iterator;
import java.util.Optional;

/** Gives counts from the first row to the last, wherever they are kept. */
final class KeptRows implements RowBlocks {
  private final Counts counts;
  private final Iterator<SparseRows> blocks;

  KeptRows(Counts counts) {
    this.counts = counts;
    this.blocks = counts.blocks().iterator();
  }

  @Override
  public int rows() {
    return counts.rows();
  }

  @Override
  public int columns() {
    return counts.columns();
  }

  @Override
  public long stored() {
    return counts.nonzeros();
  }

  @Override
  public Optional<SparseRows> next() {
    return blocks.hasNext() ? Optional.of(blocks.next()) : Optional.empty();
  }

  /** Whoever keeps the counts closes what there is to close. */
  @Override
  public void close() {}
}
