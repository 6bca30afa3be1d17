package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MixingTest {
  private static final int CELLS = 600;

  private static int[] groups() {
    int[] groups = new int[CELLS];
    for (int i = 0; i < CELLS; i++) {
      groups[i] = i % 3 == 0 ? 1 : 0;
    }
    return groups;
  }

  private static Neighbours near(double shiftOfGroup) {
    Random random = new Random(1);
    int[] groups = groups();
    float[] values = new float[CELLS * 2];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() + shiftOfGroup * groups[i / 2]);
    }
    return Neighbours.of(new Points(CELLS, 2, values), 16, Golden.THREADS);
  }

  @Test
  void isOneWhenGroupsLieOnEachOther() {
    assertThat(Mixing.of(near(0), groups())).isCloseTo(1, within(0.05));
  }

  @Test
  void isZeroWhenGroupsLieApart() {
    assertThat(Mixing.of(near(100), groups())).isZero();
  }

  @Test
  void countsNeighboursOfACellAndNotTheCellItself() {
    // On a line: 0 0 . 1 1, the two nearest of each cell.
    Points line = new Points(4, 1, new float[] {0, 1, 3, 4});
    Neighbours near = Neighbours.of(line, 3, Golden.THREADS);
    // One neighbour each of its own group; the second is a stranger: 4 strangers of 4 * 2 * 2/3.
    assertThat(Mixing.of(near, new int[] {0, 0, 1, 1})).isCloseTo(0.75, within(1e-12));
  }
}
