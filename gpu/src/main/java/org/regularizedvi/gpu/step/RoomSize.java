package org.regularizedvi.gpu.step;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.Minibatch;

/**
 * Says what memory is laid out for.
 *
 * @param rows number of cells
 * @param segments number of segments
 * @param entries counts above 0 of each modality
 */
record RoomSize(int rows, int segments, List<Integer> entries) {
  /** {@return no room, for so many modalities} */
  static RoomSize none(int modalities) {
    return new RoomSize(0, 0, Collections.nCopies(modalities, 0));
  }

  /** {@return what the cells of a minibatch and the counts that it brings take} */
  static RoomSize of(Minibatch minibatch, int segments) {
    return new RoomSize(
        minibatch.size(),
        segments,
        minibatch.hasCounts()
            ? minibatch.counts().stream().map(SparseRows::nonzeros).toList()
            : Collections.nCopies(minibatch.totals().size(), 0));
  }

  /** {@return whether a minibatch of this size has room} */
  boolean holds(RoomSize other) {
    return rows >= other.rows
        && segments >= other.segments
        && IntStream.range(0, entries.size()).allMatch(m -> entries.get(m) >= other.entries.get(m));
  }

  /** {@return room for both, and some counts more, since minibatches differ in them} */
  RoomSize with(RoomSize other) {
    return new RoomSize(
        Math.max(rows, other.rows),
        Math.max(segments, other.segments + other.segments / 8),
        IntStream.range(0, entries.size())
            .mapToObj(
                m -> Math.max(entries.get(m), other.entries.get(m) + other.entries.get(m) / 8))
            .toList());
  }
}
