package org.regularizedvi.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Connects the workers that train one model together, each of which computes a part of its
 * features. All have the same parameters to begin with and take the same minibatches; what depends
 * on all features they exchange through this, so that what is not a feature's own is computed by
 * all of them alike, to the same bits.
 *
 * <p>One thread of each worker exchanges. All workers exchange the same things in the same order,
 * and the sizes of all pieces follow from the model and the minibatch, so that none need be sent.
 */
public interface Peers extends AutoCloseable {
  /** {@return this worker's place among all, from 0} */
  int rank();

  /** {@return the number of workers, at least 1} */
  int ranks();

  /**
   * Sends a piece to each other worker and receives one from each. A piece may be empty. Pieces lie
   * in native memory that any thread may read and write.
   *
   * @param to what is sent to each worker, by rank; this worker's own is not looked at
   * @param from takes what each worker sends, by rank, each of the size of what is sent; this
   *     worker's own stays as it is
   * @throws LostPeerException when another worker has ended, or cannot be reached any more: at
   *     once, however long it would have been until its piece
   */
  void exchange(List<MemorySegment> to, List<MemorySegment> from);

  /**
   * Gives all workers what each of them has.
   *
   * @param pieces one for each worker, by rank, as for {@link #exchange}: this worker's own is sent
   *     to all others, theirs are taken
   * @throws LostPeerException as {@link #exchange}
   */
  default void gather(List<MemorySegment> pieces) {
    if (ranks() > 1) {
      exchange(Collections.nCopies(ranks(), pieces.get(rank())), pieces);
    }
  }

  /**
   * {@return the bytes of each worker, by rank, whatever their number}
   *
   * @param own this worker's
   * @throws LostPeerException as {@link #exchange}
   */
  default List<byte[]> gather(byte[] own) {
    try (Arena arena = Arena.ofShared()) {
      List<MemorySegment> sizes =
          IntStream.range(0, ranks()).mapToObj(_ -> arena.allocate(ValueLayout.JAVA_INT)).toList();
      sizes.get(rank()).set(ValueLayout.JAVA_INT, 0, own.length);
      gather(sizes);
      List<MemorySegment> pieces = new ArrayList<>();
      sizes.forEach(size -> pieces.add(arena.allocate(size.get(ValueLayout.JAVA_INT, 0))));
      pieces.get(rank()).copyFrom(MemorySegment.ofArray(own));
      gather(pieces);
      return pieces.stream().map(piece -> piece.toArray(ValueLayout.JAVA_BYTE)).toList();
    }
  }

  /**
   * Ends this worker's part: others that wait for a piece of it, or will, are told that it has
   * ended.
   */
  @Override
  void close();

  /** {@return a worker that is alone: it computes everything} */
  static Peers none() {
    return new Peers() {
      @Override
      public int rank() {
        return 0;
      }

      @Override
      public int ranks() {
        return 1;
      }

      @Override
      public void exchange(List<MemorySegment> to, List<MemorySegment> from) {}

      @Override
      public void close() {}
    };
  }
}
