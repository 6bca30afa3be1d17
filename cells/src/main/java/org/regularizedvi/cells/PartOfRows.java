package org.regularizedvi.cells;

import java.util.function.Consumer;

/** Gives the counts of some features that follow each other, all at the places that they have. */
final class PartOfRows extends RowsOver {
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
    super(all);
    this.part = part;
    this.passed = passed;
  }

  @Override
  public long stored() {
    return 0;
  }

  @Override
  SparseRows given(SparseRows block) {
    passed.accept(block);
    return block.withOnly(part);
  }
}
