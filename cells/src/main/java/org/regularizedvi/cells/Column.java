package org.regularizedvi.cells;

import java.util.List;

/** One column of a cell or feature table, in one of the kinds that .h5ad knows. */
public sealed interface Column {
  int size();

  /** Categories in their stored order and a code per row; -1 is missing. */
  record Categorical(int[] codes, List<String> categories, boolean ordered) implements Column {
    @Override
    public int size() {
      return codes.length;
    }
  }

  /** Text; a missing entry is {@code null} only inside the array, never in a signature. */
  record Text(String[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }

  /**
   * Whole numbers, floating-point numbers: {@code whole} tells which the file held. A missing entry
   * is NaN. Whole numbers beyond 2^53 lose their last digits.
   */
  record Numbers(double[] values, boolean whole) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }

  /** Truth values; {@code missing[i]} marks entries without one. */
  record Flags(boolean[] values, boolean[] missing) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }
}
