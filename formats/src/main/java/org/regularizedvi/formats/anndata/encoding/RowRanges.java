package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;

/** Cuts rows into ranges of a bounded number of entries, or of one row. */
final class RowRanges {
  /** The most rows of a range, so that their numbers in it take two bytes. */
  static final int MOST_ROWS = Character.MAX_VALUE + 1;

  private final int[] counts;
  private final int[] firsts;
  private final int[] rangeOf;

  /**
   * Cuts.
   *
   * @param counts how many entries each row has
   * @param most how many entries a range of several rows may have
   */
  RowRanges(int[] counts, int most) {
    this.counts = counts;
    this.rangeOf = new int[counts.length];
    int[] found = new int[1];
    int ranges = 0;
    for (int first = 0; first < counts.length; ) {
      long entries = 0;
      int end = first;
      while (end < counts.length
          && end - first < MOST_ROWS
          && (end == first || entries + counts[end] <= most)) {
        entries += counts[end++];
      }
      Arrays.fill(rangeOf, first, end, ranges);
      if (++ranges == found.length) {
        found = Arrays.copyOf(found, 2 * ranges);
      }
      found[ranges] = end;
      first = end;
    }
    this.firsts = Arrays.copyOf(found, ranges + 1);
  }

  int size() {
    return firsts.length - 1;
  }

  /** {@return the range of a row} */
  int of(int row) {
    return rangeOf[row];
  }

  /** {@return the first row of a range} */
  int first(int range) {
    return firsts[range];
  }

  /** {@return a copy of how many entries each row has} */
  int[] counts() {
    return counts.clone();
  }

  /** {@return how many entries a row has} */
  int count(int row) {
    return counts[row];
  }

  /** {@return where each row of a range begins among its entries, rows + 1 numbers} */
  int[] starts(int range) {
    int first = firsts[range];
    int[] starts = new int[firsts[range + 1] - first + 1];
    for (int r = 0; r + 1 < starts.length; r++) {
      starts[r + 1] = starts[r] + counts[first + r];
    }
    return starts;
  }

  /** {@return how many entries a range has} */
  int entries(int range) {
    int entries = 0;
    for (int row = firsts[range]; row < firsts[range + 1]; row++) {
      entries += counts[row];
    }
    return entries;
  }
}
