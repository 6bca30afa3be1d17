package org.regularizedvi.formats.zarr;

/**
 * Describes a box of an array and the chunks that it touches: where the values of each chunk go
 * when the box is laid out row by row.
 *
 * @param offset where the box begins on each axis
 * @param count its lengths
 * @param chunk lengths of a chunk, none of them 0
 */
record Box(long[] offset, long[] count, long[] chunk) {
  /** Takes {@code n} values that stand one behind another in a chunk and in the box. */
  interface Runs {
    void run(int from, int n, int to);
  }

  /** Returns how many chunks the box touches. */
  long chunks() {
    long chunks = 1;
    for (int axis = 0; axis < count.length; axis++) {
      chunks *= count[axis] == 0 ? 0 : last(axis) - first(axis) + 1;
    }
    return chunks;
  }

  private long first(int axis) {
    return offset[axis] / chunk[axis];
  }

  private long last(int axis) {
    return (offset[axis] + count[axis] - 1) / chunk[axis];
  }

  /** {@return the place in the grid of chunks of one of those the box touches, row by row} */
  long[] place(long i) {
    long[] place = new long[count.length];
    long rest = i;
    for (int axis = count.length - 1; axis >= 0; axis--) {
      long along = last(axis) - first(axis) + 1;
      place[axis] = first(axis) + rest % along;
      rest /= along;
    }
    return place;
  }

  /** Gives out all values that a chunk and the box share. */
  void runs(long[] place, Runs runs) {
    int rank = count.length;
    if (rank == 0) {
      runs.run(0, 1, 0);
      return;
    }
    int[] shared = new int[rank];
    int[] chunkSteps = new int[rank];
    int[] boxSteps = new int[rank];
    int from = 0;
    int to = 0;
    for (int axis = rank - 1, chunkStep = 1, boxStep = 1; axis >= 0; axis--) {
      long begins = place[axis] * chunk[axis];
      long low = Math.max(offset[axis], begins);
      long high = Math.min(offset[axis] + count[axis], begins + chunk[axis]);
      shared[axis] = (int) (high - low);
      chunkSteps[axis] = chunkStep;
      boxSteps[axis] = boxStep;
      from += (int) (low - begins) * chunkStep;
      to += (int) (low - offset[axis]) * boxStep;
      chunkStep *= (int) chunk[axis];
      boxStep *= (int) count[axis];
    }
    int[] at = new int[rank];
    int axis = 0;
    while (axis >= 0) {
      runs.run(from, shared[rank - 1], to);
      axis = rank - 2;
      while (axis >= 0 && ++at[axis] == shared[axis]) {
        from -= (at[axis] - 1) * chunkSteps[axis];
        to -= (at[axis] - 1) * boxSteps[axis];
        at[axis--] = 0;
      }
      if (axis >= 0) {
        from += chunkSteps[axis];
        to += boxSteps[axis];
      }
    }
  }
}
