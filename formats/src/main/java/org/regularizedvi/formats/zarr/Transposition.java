package org.regularizedvi.formats.zarr;

import java.util.stream.IntStream;

/**
 * Holds the order in which the axes of a chunk were written, as the codec "transpose" has it: axis
 * {@code i} of what was written is axis {@code order[i]} of the chunk.
 */
record Transposition(int... order) {
  static Transposition none(int rank) {
    return new Transposition(IntStream.range(0, rank).toArray());
  }

  /** {@return the order "F" of version 2: the first axis runs fastest} */
  static Transposition reversed(int rank) {
    return new Transposition(IntStream.range(0, rank).map(i -> rank - 1 - i).toArray());
  }

  /** Returns this followed by another. */
  Transposition then(Transposition next) {
    return new Transposition(IntStream.of(next.order).map(i -> order[i]).toArray());
  }

  /** Tells whether this leaves all in its place. */
  boolean straight() {
    return IntStream.range(0, order.length).allMatch(i -> order[i] == i);
  }

  /**
   * Returns for each element of a chunk, row by row, its place in what was written.
   *
   * @param count the product of the lengths
   */
  int[] sources(long[] shape, int count) {
    int rank = order.length;
    int[] steps = new int[rank];
    int step = 1;
    for (int i = rank - 1; i >= 0; i--) {
      steps[order[i]] = step;
      step *= (int) shape[order[i]];
    }
    int[] sources = new int[count];
    long[] at = new long[rank];
    int source = 0;
    for (int i = 0; i < count; i++) {
      sources[i] = source;
      int axis = rank - 1;
      while (axis >= 0 && ++at[axis] == shape[axis]) {
        source -= (int) (at[axis] - 1) * steps[axis];
        at[axis--] = 0;
      }
      if (axis >= 0) {
        source += steps[axis];
      }
    }
    return sources;
  }

  /** Returns elements of so many bytes each in another order. */
  static byte[] moved(byte[] bytes, int[] sources, int each) {
    byte[] moved = new byte[bytes.length];
    for (int i = 0; i < sources.length; i++) {
      System.arraycopy(bytes, sources[i] * each, moved, i * each, each);
    }
    return moved;
  }
}
