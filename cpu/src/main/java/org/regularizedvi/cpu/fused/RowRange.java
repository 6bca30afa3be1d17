package org.regularizedvi.cpu.fused;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Stands for the rows {@code [from, to)} of a minibatch. */
record RowRange(int from, int to) {
  /** Products of fewer rows are less efficient. */
  private static final int LEAST = 256;

  private static final int MOST_BLOCKS = 16;

  /**
   * {@return the blocks of about equal size that a minibatch is cut into: a function of its size
   * alone}
   */
  static List<RowRange> blocks(int rows) {
    int blocks = Math.clamp((rows + LEAST - 1) / LEAST, 1, MOST_BLOCKS);
    List<RowRange> ranges = new ArrayList<>();
    for (int b = 0; b < blocks; b++) {
      ranges.add(new RowRange(start(rows, b, blocks), start(rows, b + 1, blocks)));
    }
    return ranges;
  }

  /** {@return the number of rows that a minibatch has when it is filled up to {@link #wholes}} */
  static int rowsOfWholes(int rows) {
    return Math.ceilDiv(rows, LEAST) * LEAST;
  }

  /**
   * {@return the blocks, all of one size, that rows are cut into of which there are so many that
   * nothing is left over}
   */
  static List<RowRange> wholes(int rows) {
    return IntStream.range(0, rows / LEAST)
        .mapToObj(b -> new RowRange(b * LEAST, (b + 1) * LEAST))
        .toList();
  }

  private static int start(int rows, int block, int blocks) {
    return (int) ((long) rows * block / blocks);
  }

  int size() {
    return to - from;
  }

  /** {@return the rows' numbers} */
  int[] rows() {
    return IntStream.range(from, to).toArray();
  }

  /** {@return these rows of a matrix or column} */
  Tensor of(Tensor tensor) {
    return tensor.narrow(0, from, size());
  }
}
