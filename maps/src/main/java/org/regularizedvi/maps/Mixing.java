package org.regularizedvi.maps;

import java.util.Arrays;

/**
 * Scores how well groups of cells mix: the share of the cells' nearest neighbours that belong to
 * another group than the cell, divided by the share that would be expected if neighbours were drawn
 * at random from all other cells. 0 means that no cell has a neighbour of another group, 1 that
 * groups mix as by chance.
 *
 * <p>{@link Lisi} answers the same question as scib-metrics does, by the number of groups in a
 * wider neighbourhood. This score needs few neighbours and no weights, so that one can tell in one
 * sentence what it counts.
 */
public final class Mixing {
  private Mixing() {}

  /**
   * {@return the score over all cells, NaN when all of them are of one group}
   *
   * @param neighbours the nearest cells of each cell; the first, the cell itself, does not count
   * @param groups the group of each cell
   */
  public static double of(Neighbours neighbours, int[] groups) {
    int others = neighbours.count() - 1;
    long strangers = 0;
    double expected = 0;
    for (int cell = 0; cell < groups.length; cell++) {
      int own = groups[cell];
      for (int n = 1; n <= others; n++) {
        strangers += groups[neighbours.indices()[cell * neighbours.count() + n]] == own ? 0 : 1;
      }
      long outside = Arrays.stream(groups).filter(group -> group != own).count();
      expected += (double) others * outside / (groups.length - 1);
    }
    return strangers / expected;
  }
}
