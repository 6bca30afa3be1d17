package org.regularizedvi.cells;

import java.util.Arrays;
import java.util.Optional;

/** Gives the counts of some of the features of a matrix. */
public final class ChosenColumns implements RowBlocks {
  private final RowBlocks all;
  private final int[] placeOf;
  private final int columns;

  /**
   * Chooses features.
   *
   * @param all the counts of all features
   * @param chosen their columns in the matrix, ascending
   */
  public ChosenColumns(RowBlocks all, int[] chosen) {
    this.all = all;
    this.columns = chosen.length;
    this.placeOf = new int[all.columns()];
    Arrays.fill(placeOf, -1);
    for (int place = 0; place < chosen.length; place++) {
      placeOf[chosen[place]] = place;
    }
  }

  @Override
  public int rows() {
    return all.rows();
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long stored() {
    return all.stored();
  }

  @Override
  public Optional<SparseRows> next() {
    return all.next().map(rows -> rows.withColumns(placeOf, columns));
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
