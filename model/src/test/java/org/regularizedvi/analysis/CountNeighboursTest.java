package org.regularizedvi.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.maps.Neighbours;
import org.regularizedvi.maps.Threads;

class CountNeighboursTest {
  @Test
  void cosineComparesShapesOfCellsAndNotTheirTotals() {
    SparseRows counts =
        new SparseRows(
            3, new int[] {0, 2, 4, 5}, new int[] {0, 1, 0, 1, 2}, new float[] {1, 3, 10, 30, 7});
    Neighbours found = CountNeighbours.of(counts, 3, new Threads(2));
    assertThat(found.indices()).startsWith(0, 1, 2, 1, 0, 2).endsWith(2, 0, 1);
    assertThat(squared(found, 0)).isCloseTo(0, within(1e-6));
    assertThat(squared(found, 1)).isCloseTo(0, within(1e-6));
    assertThat(squared(found, 2)).isCloseTo(2, within(1e-6)); // 2 (1 - cosine)
  }

  private static double squared(Neighbours found, int place) {
    return Math.pow(found.distances()[place], 2);
  }
}
