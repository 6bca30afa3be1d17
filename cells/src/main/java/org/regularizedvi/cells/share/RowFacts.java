package org.regularizedvi.cells.share;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Says of each cell what is known of all its counts, where those of some features are kept.
 *
 * @param totals the sum of its counts, in double precision
 * @param entries how many counts above zero it has
 * @param before how many of these are of features before those that are kept
 */
record RowFacts(double[] totals, int[] entries, int[] before) {
  int rows() {
    return totals.length;
  }

  /** {@return how many counts above zero all cells have} */
  long nonzeros() {
    return Arrays.stream(entries).asLongStream().sum();
  }

  /** {@return the same of cells in another order, with -1 for one without counts} */
  RowFacts inOrder(int[] rows) {
    return new RowFacts(
        Arrays.stream(rows).mapToDouble(row -> row < 0 ? 0 : totals[row]).toArray(),
        IntStream.of(rows).map(row -> row < 0 ? 0 : entries[row]).toArray(),
        IntStream.of(rows).map(row -> row < 0 ? 0 : before[row]).toArray());
  }
}
