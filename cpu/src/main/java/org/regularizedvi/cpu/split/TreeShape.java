package org.regularizedvi.cpu.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Describes a binary tree over numbered leaves, each of which a worker has: the sum of some is the
 * sum of their first half, the larger one where they differ, and their second. Its shape depends on
 * the number of leaves alone, and two, four, eight workers have one sum each to give.
 *
 * <pre>
 *                  0 + ... + 4
 *            0 + 1 + 2       3 + 4
 *          0 + 1     2       3   4
 *          0   1
 * </pre>
 *
 * @param owners the rank of the worker that has each leaf, at least one
 */
public record TreeShape(int[] owners) {
  /**
   * Stands for the sum of the leaves {@code [from, to)}, which the tree has.
   *
   * @param from the first leaf
   * @param to the leaf after the last
   */
  public record Node(int from, int to) {
    /** {@return the first leaf of the second half} */
    int middle() {
      return (from + to + 1) / 2;
    }

    /** {@return the first half} */
    Node first() {
      return new Node(from, middle());
    }

    /** {@return the second half} */
    Node second() {
      return new Node(middle(), to);
    }
  }

  /**
   * {@return a tree whose leaves all belong to the worker of rank 0}
   *
   * @param leaves their number
   */
  public static TreeShape alone(int leaves) {
    return new TreeShape(new int[leaves]);
  }

  /** {@return the number of leaves} */
  public int leaves() {
    return owners.length;
  }

  /**
   * {@return the largest sums that a worker can make of its own leaves, in the order of these}
   *
   * @param owner its rank
   */
  public List<Node> roots(int owner) {
    List<Node> roots = new ArrayList<>();
    addRoots(owner, all(), roots);
    return List.copyOf(roots);
  }

  private void addRoots(int owner, Node node, List<Node> roots) {
    if (has(owner, node)) {
      roots.add(node);
    } else if (node.to - node.from > 1) {
      addRoots(owner, node.first(), roots);
      addRoots(owner, node.second(), roots);
    }
  }

  /** {@return the sum of all leaves} */
  Node all() {
    return new Node(0, leaves());
  }

  /** {@return whether all leaves of a sum belong to a worker} */
  boolean has(int owner, Node node) {
    for (int leaf = node.from; leaf < node.to; leaf++) {
      if (owners[leaf] != owner) {
        return false;
      }
    }
    return true;
  }
}
