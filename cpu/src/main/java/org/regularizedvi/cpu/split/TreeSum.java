package org.regularizedvi.cpu.split;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.regularizedvi.cpu.split.TreeShape.Node;

/**
 * Adds up what tasks hand in as a binary tree over their numbers, so that the bits of the sum
 * depend neither on how many threads run the tasks nor on who is first. Of several workers each
 * adds up what it can without the others' leaves: the {@link #roots}.
 *
 * <p>Whoever hands in the second of two halves adds the first to it (a + b = b + a to the bit) and
 * climbs. Where leaves are handed in about in their order, about as many sums wait as there are
 * threads and levels.
 *
 * @param <T> what is added up
 */
public final class TreeSum<T> {
  private final TreeShape shape;
  private final int owner;
  private final Addition<T> addition;

  /** What came first of the halves of a sum, by the first leaf of the second one. */
  private final AtomicReferenceArray<T> waiting;

  private final List<Node> nodes;
  private final AtomicReferenceArray<T> roots;

  /** Adds two sums. */
  public interface Addition<T> {
    /**
     * Adds one to the other.
     *
     * @param more nobody reads it after that
     * @param sum takes both
     */
    void add(T more, T sum);
  }

  /**
   * Begins a sum.
   *
   * @param shape the tree
   * @param owner the rank of the worker whose leaves will be handed in
   * @param addition adds two
   */
  public TreeSum(TreeShape shape, int owner, Addition<T> addition) {
    this.shape = shape;
    this.owner = owner;
    this.addition = addition;
    this.nodes = shape.roots(owner);
    this.roots = new AtomicReferenceArray<>(nodes.size());
    this.waiting = new AtomicReferenceArray<>(shape.leaves());
  }

  /**
   * Hands in a leaf.
   *
   * @param leaf its place
   * @param own its value, to which others are added
   */
  public void put(int leaf, T own) {
    put(new Node(leaf, leaf + 1), own);
  }

  /**
   * Hands in a sum that was made elsewhere.
   *
   * @param node its place
   * @param own its value, to which others are added
   */
  public void put(Node node, T own) {
    if (climb(shape.all(), node, own)) {
      roots.set(nodes.indexOf(shape.all()), own);
    }
  }

  /** Adds what waits to a sum on its way up to a larger one; returns whether it gets there. */
  private boolean climb(Node larger, Node node, T own) {
    if (larger.equals(node)) {
      return true;
    }
    boolean first = node.from() < larger.middle();
    Node half = first ? larger.first() : larger.second();
    if (!climb(half, node, own)) {
      return false;
    }
    if (!shape.has(owner, first ? larger.second() : larger.first())) {
      roots.set(nodes.indexOf(half), own);
      return false;
    }
    T other = waiting.getAndSet(larger.middle(), own);
    if (other == null) {
      return false;
    }
    addition.add(other, own);
    return true;
  }

  /**
   * {@return the largest sums that could be made, in the order of their leaves, once all leaves of
   * the worker have been handed in: one, of everything, where it has all}
   */
  public List<T> roots() {
    return nodes.stream().map(node -> roots.get(nodes.indexOf(node))).toList();
  }

  /** {@return the sum of all leaves, where the worker has them all and has handed them in} */
  public T total() {
    return roots.get(0);
  }
}
