package org.regularizedvi.cells;

import java.util.List;

/** Holds one column of a cell or feature table, in one of the kinds that .h5ad knows. */
public sealed interface Column {
  /** {@return the number of entries} */
  int size();

  /**
   * Holds categories.
   *
   * @param codes the place of each entry's category, -1 where the entry is missing
   * @param categories the categories in their stored order
   * @param ordered whether their order means something
   */
  record Categorical(int[] codes, List<String> categories, boolean ordered) implements Column {
    @Override
    public int size() {
      return codes.length;
    }
  }

  /**
   * Holds texts.
   *
   * @param values the texts; a missing entry is {@code null} only inside the array, never in a
   *     signature
   */
  record Text(String[] values) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }

  /**
   * Holds numbers.
   *
   * @param values the numbers, NaN where one is missing; whole numbers beyond 2^53 lose their last
   *     digits
   * @param whole whether the file held whole numbers
   */
  record Numbers(double[] values, boolean whole) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }

  /**
   * Holds truth values.
   *
   * @param values the truth values
   * @param missing marks entries that have none
   */
  record Flags(boolean[] values, boolean[] missing) implements Column {
    @Override
    public int size() {
      return values.length;
    }
  }
}
