package org.regularizedvi.core.simulate;

import java.util.List;
import org.regularizedvi.input.InputException;

/**
 * Says how simulated cell types are related, how rare they are, and how many genes only few of them
 * have.
 *
 * <p>Types are the leaves of a tree. The node above a type is its place modulo the number of nodes
 * of that level, and so on upwards, so that the types of a node are spread over all places. A
 * node's differences from its parent are those of all its types, and each level has half as many of
 * them as the one above it.
 *
 * @param types the number of cell types T
 * @param levels the number of nodes of each level above the types, from the top; none for types
 *     that are all unrelated
 * @param rare how many of the types, the last ones, have 10 to 50 cells in all; the others share
 *     out the remaining cells
 * @param markers the share of the genes that are off in all types but those of one node, which is a
 *     type or above it
 */
public record TypePlan(int types, List<Integer> levels, int rare, double markers) {
  static final int LEAST_RARE = 10;
  static final int MOST_RARE = 50;
  private static final int MOST_TYPES = 10_000;

  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range, or a level has not more nodes than the
   *     one above it
   */
  public TypePlan {
    levels = List.copyOf(levels);
    SimulationPlan.requireWithin("types", types, MOST_TYPES);
    int above = 1;
    for (int nodes : levels) {
      if (nodes <= above || nodes >= types) {
        throw new InputException(
            "type_levels must rise from above 1 to below the number of types, %d, but are %s."
                .formatted(types, levels));
      }
      above = nodes;
    }
    if (rare < 0 || rare >= types) {
      throw new InputException(
          "rare_types must be at least 0 and below the number of types, %d, but is %d."
              .formatted(types, rare));
    }
    if (!(markers >= 0 && markers < 1)) {
      throw new InputException(
          "marker_share must be at least 0 and below 1, but is %s.".formatted(markers));
    }
  }

  /**
   * {@return types that are all unrelated, none of them rare, and no gene off in any}
   *
   * @param types the number of types
   */
  public static TypePlan unrelated(int types) {
    return new TypePlan(types, List.of(), 0, 0);
  }

  /**
   * {@return the node that a type belongs to}
   *
   * @param type the place of the type
   * @param level the level, 0 the highest; below the lowest are the types themselves
   */
  public int node(int type, int level) {
    int node = type;
    for (int l = levels.size() - 1; l >= level; l--) {
      node %= levels.get(l);
    }
    return node;
  }

  /**
   * {@return the number of nodes of a level; that below the lowest is the number of types}
   *
   * @param level the level
   */
  int nodes(int level) {
    return level == levels.size() ? types : levels.get(level);
  }

  /**
   * {@return the share of the genes in which the nodes of a level differ, of those that do in one}
   */
  static double affected(int level) {
    return Math.scalb(1, -level);
  }
}
