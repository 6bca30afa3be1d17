package org.regularizedvi.cells;

import java.util.Arrays;

/** Gives the counts of some of the features of a matrix. */
public final class ChosenColumns extends RowsOver {
  private final int[] placeOf;
  private final int columns;

  /**
   * Chooses features.
   *
   * @param all the counts of all features
   * @param chosen their columns in the matrix, ascending
   */
  public ChosenColumns(RowBlocks all, int[] chosen) {
    super(all);
    this.columns = chosen.length;
    this.placeOf = new int[all.columns()];
    Arrays.fill(placeOf, -1);
    for (int place = 0; place < chosen.length; place++) {
      placeOf[chosen[place]] = place;
    }
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  SparseRows given(SparseRows block) {
    return block.withColumns(placeOf, columns);
  }
}
