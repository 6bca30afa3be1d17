package org.regularizedvi.cpu.split;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.regularizedvi.cpu.split.TreeShape.Node;

/**
 * Adds up what tasks hand in as a binary tree over their numbers, so that the bits of the sum
 * depend neither on how many threads run the tasks nor on who is first. Of several workers each
 * adds up what it can without the others' leaves: the {@link #roots}.
 *
 * <p>Whoever hands in the second of two neighbours adds the first to it (a + b = b + a to the bit)
 * and climbs. Where leaves are handed in about in their order, about as many sums wait as there are
 * threads and levels.
 *
 * @param <T> what is added up
 */
public final class TreeSum<T> {
  private final TreeShape shape;
  private final int owner;
  private final Addition<T> addition;
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
    // A pair has one place.
    this.waiting = new AtomicReferenceArray<>(shape.leaves() + Integer.SIZE);
  }

  /**
   * Hands in a leaf.
   *
   * @param leaf its place
   * @param own its value, to which others are added
   */
  public void put(int leaf, T own) {
    put(new Node(0, leaf), own);
  }

  /**
   * Hands in a sum that was made elsewhere.
   *
   * @param node its place
   * @param own its value, to which others are added
   */
  public void put(Node node, T own) {
    int place = node.place();
    int firstPair = 0;
    int level = 0;
    for (int width = shape.leaves(); width > 1; width = (width + 1) / 2) {
      if (level >= node.level()) {
        int neighbour = place ^ 1;
        if (neighbour < width) {
          if (!shape.has(owner, new Node(level, neighbour))) {
            break;
          }
          T other = waiting.getAndSet(firstPair + place / 2, own);
          if (other == null) {
            return;
          }
          addition.add(other, own);
        }
        place /= 2;
      }
      firstPair += (width + 1) / 2;
      level++;
    }
    roots.set(nodes.indexOf(new Node(level, place)), own);
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
