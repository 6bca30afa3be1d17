package org.regularizedvi.cpu.head;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Adds up what tasks hand in as a binary tree over their numbers, so that the bits of the sum
 * depend neither on how many threads run the tasks nor on who is first.
 *
 * <pre>
 *   level 2              0 + ... + 4
 *   level 1        0 + 1 + 2 + 3      4
 *   level 0      0 + 1     2 + 3      4
 *   leaves      0     1   2     3     4
 * </pre>
 *
 * Whoever hands in the second of two neighbours adds the first to it (a + b = b + a to the bit) and
 * climbs. Where leaves are handed in about in their order, about as many sums wait as there are
 * threads and levels.
 *
 * @param <T> what is added up
 */
final class TreeSum<T> {
  private final int leaves;
  private final Addition<T> addition;
  private final AtomicReferenceArray<T> waiting;
  private volatile T total;

  /** Adds two sums. */
  interface Addition<T> {
    /** Adds one to the other; nobody reads the one after that. */
    void add(T more, T sum);
  }

  /**
   * Begins a sum.
   *
   * @param leaves how many will be handed in, at least 1
   * @param addition adds two
   */
  TreeSum(int leaves, Addition<T> addition) {
    this.leaves = leaves;
    this.addition = addition;
    this.waiting = new AtomicReferenceArray<>(leaves + Integer.SIZE); // a pair has one place
  }

  /**
   * Hands in a leaf.
   *
   * @param leaf its place
   * @param own its value, to which others are added
   */
  void put(int leaf, T own) {
    int node = leaf;
    int firstPair = 0;
    for (int nodes = leaves; nodes > 1; nodes = (nodes + 1) / 2) {
      if ((node ^ 1) < nodes) {
        T neighbour = waiting.getAndSet(firstPair + node / 2, own);
        if (neighbour == null) {
          return;
        }
        addition.add(neighbour, own);
      }
      firstPair += (nodes + 1) / 2;
      node /= 2;
    }
    total = own;
  }

  /** {@return the sum of all leaves, once all have been handed in} */
  T total() {
    return total;
  }
}
