package org.regularizedvi.analysis;

import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.maps.Mixing;
import org.regularizedvi.maps.Neighbours;

/**
 * Tells how well groups of cells mix among each cell's {@value #NEIGHBOURS} nearest neighbours,
 * found by the counts or in a latent representation: 0 apart, 1 as by chance ({@link Mixing}).
 */
public final class GroupMixing {
  /** The number of neighbours of a cell that are looked at; there must be more cells than these. */
  public static final int NEIGHBOURS = 15;

  private GroupMixing() {}

  /**
   * {@return the mixing among neighbours by the counts}
   *
   * @param counts raw counts, a row per cell
   * @param groups the group of each row, counted from 0
   */
  public static double byCounts(SparseRows counts, int[] groups) {
    return Mixing.of(CountNeighbours.of(counts, NEIGHBOURS + 1, CellMap.threads()), groups);
  }

  /**
   * {@return the mixing among neighbours in a latent representation}
   *
   * @param latent a row per cell
   * @param cells the rows to compare with each other, in which no number is missing
   * @param groups the group of every row, of those not compared as well, counted from 0
   */
  public static double inLatent(FloatMatrix latent, int[] cells, int[] groups) {
    Neighbours near =
        Neighbours.of(CellMap.points(latent, cells), NEIGHBOURS + 1, CellMap.threads());
    return Mixing.of(near, Arrays.stream(cells).map(cell -> groups[cell]).toArray());
  }
}
