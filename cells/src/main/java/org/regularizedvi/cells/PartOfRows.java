package org.regularizedvi.cells;

import java.util.Optional;
import java.util.function.Consumer;

/** Gives the counts of some features that follow each other, all at the places that they have. */
final class PartOfRows implements RowBlocks {
  private final RowBlocks all;
  private final FeatureRange part;
  private final Consumer<SparseRows> passed;

  /**
   * Leaves out all other features.
   *
   * @param all the counts of all features
   * @param part those that are given
   * @param passed is shown the rows with all features, block by block
   */
  PartOfRows(RowBlocks all, FeatureRange part, Consumer<SparseRows> passed) {
    this.all = all;
    this.part = part;
    this.passed = passed;
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
    return 0;
  }

  @Override
  public Optional<SparseRows> next() {
    Optional<SparseRows> rows = all.next();
    rows.ifPresent(passed);
    return rows.map(own -> own.withOnly(part));
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
