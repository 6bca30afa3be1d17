package org.regularizedvi.cpu.split;

import java.util.ArrayList;
import java.util.List;

/**
 * Describes a binary tree over numbered leaves, each of which a worker has: neighbours are added
 * up, then neighbours of these sums, and so on. Its shape depends on the number of leaves alone.
 *
 * <pre>
 *   level 3              0 + ... + 4
 *   level 2        0 + 1 + 2 + 3      4
 *   level 1      0 + 1     2 + 3      4
 *   level 0     0     1   2     3     4
 * </pre>
 *
 * @param owners the rank of the worker that has each leaf
 */
public record TreeShape(int[] owners) {
  /**
   * Stands for a sum within the tree.
   *
   * @param level 0 for a leaf
   * @param place among those of its level
   */
  public record Node(int level, int place) {
    /** {@return the place of its first leaf} */
    int first() {
      return place << level;
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
    int leaf = 0;
    while (leaf < leaves()) {
      Node node = new Node(0, leaf);
      if (has(owner, node)) {
        for (Node larger = parent(node);
            node.level < levels() && larger.first() == leaf && has(owner, larger);
            larger = parent(node)) {
          node = larger;
        }
        roots.add(node);
        leaf = end(node);
      } else {
        leaf++;
      }
    }
    return List.copyOf(roots);
  }

  /** {@return the level of the sum of all leaves} */
  int levels() {
    return Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, leaves() - 1));
  }

  /** {@return whether all leaves of a sum belong to a worker} */
  boolean has(int owner, Node node) {
    for (int leaf = node.first(); leaf < end(node); leaf++) {
      if (owners[leaf] != owner) {
        return false;
      }
    }
    return true;
  }

  private static Node parent(Node node) {
    return new Node(node.level + 1, node.place / 2);
  }

  private int end(Node node) {
    return Math.min(leaves(), (node.place + 1) << node.level);
  }
}
