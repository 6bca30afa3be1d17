package org.regularizedvi.cpu.work;

import java.util.ArrayList;
import java.util.List;

/**
 * Stands for the rows {@code [from, to)} of a minibatch, which one task works on.
 *
 * @param from the first row
 * @param to the row after the last
 */
public record RowRange(int from, int to) {
  /** Products of fewer rows are less efficient. */
  public static final int LEAST = 64;

  private static final int MOST_BLOCKS = 16;

  /**
   * {@return the blocks of about equal size that a minibatch is cut into: a function of its size
   * alone}
   *
   * @param rows number of cells, at least 1
   */
  public static List<RowRange> blocks(int rows) {
    int blocks = Math.clamp(Math.ceilDiv(rows, LEAST), 1, MOST_BLOCKS);
    List<RowRange> ranges = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      ranges.add(new RowRange(start(rows, b, blocks), start(rows, b + 1, blocks)));
    }
    return ranges;
  }

  private static int start(int rows, int block, int blocks) {
    return (int) ((long) rows * block / blocks);
  }

  /** {@return the number of rows} */
  public int size() {
    return to - from;
  }
}
