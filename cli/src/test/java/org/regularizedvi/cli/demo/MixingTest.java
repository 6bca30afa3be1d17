package org.regularizedvi.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;

class MixingTest {
  private static final int CELLS = 600;

  private static int[] groups() {
    int[] groups = new int[CELLS];
    for (int i = 0; i < CELLS; i++) {
      groups[i] = i % 3 == 0 ? 1 : 0;
    }
    return groups;
  }

  private static Distances points(double shiftOfGroup) {
    Random random = new Random(1);
    int[] groups = groups();
    float[] values = new float[CELLS * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + shiftOfGroup * groups[i / 2]);
    }
    return Distances.euclidean(new FloatMatrix(CELLS, 2, values));
  }

  @Test
  void isOneWhenGroupsLieOnEachOther() {
    assertThat(Mixing.of(groups(), 15, points(0))).isCloseTo(1, within(0.05));
  }

  @Test
  void isZeroWhenGroupsLieApart() {
    assertThat(Mixing.of(groups(), 15, points(100))).isZero();
  }

  @Test
  void countsNeighboursOfACellAndNotTheCellItself() {
    // On a line: 0 0 . 1 1, the two nearest of each cell.
    Distances line = Distances.euclidean(new FloatMatrix(4, 1, new float[] {0, 1, 3, 4}));
    // One neighbour each of its own group; the second is a stranger: 4 strangers of 4 * 2 * 2/3.
    assertThat(Mixing.of(new int[] {0, 0, 1, 1}, 2, line)).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void cosineComparesShapesOfCellsAndNotTheirTotals() {
    SparseRows counts =
        new SparseRows(
            3, new int[] {0, 2, 4, 5}, new int[] {0, 1, 0, 1, 2}, new float[] {1, 3, 10, 30, 7});
    double[] distances = Distances.cosineOfLogCounts(counts, 10_000).from(0);
    assertThat(distances[0]).isCloseTo(0, within(1e-6));
    assertThat(distances[1]).isCloseTo(0, within(1e-6));
    assertThat(distances[2]).isEqualTo(1);
  }
}
