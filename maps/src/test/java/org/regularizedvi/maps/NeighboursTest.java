package org.regularizedvi.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Neighbours against scanpy's and against sorted distances of all pairs. */
class NeighboursTest {
  @Test
  void areThoseOfScanpy() {
    Golden golden = new Golden();
    Points points = golden.points();
    Neighbours found = Neighbours.of(points, 15, Golden.THREADS);
    int[] indices = golden.ints("distances/indices");
    float[] distances = golden.floats("distances/data");
    for (int i = 0; i < points.rows(); i++) {
      assertThat(found.indices()[i * 15]).isEqualTo(i);
      assertThat(found.distances()[i * 15]).isZero();
      int[] ours = Arrays.copyOfRange(found.indices(), i * 15 + 1, (i + 1) * 15);
      assertThat(ours)
          .as("neighbours of %d", i)
          .containsExactlyInAnyOrder(Arrays.copyOfRange(indices, i * 14, (i + 1) * 14));
      for (int k = 0; k < 14; k++) {
        assertThat(found.distances()[i * 15 + 1 + k])
            .isCloseTo(distances[i * 14 + k], within(1e-5f));
      }
    }
  }

  @Test
  void areExactAcrossBlocks() {
    int rows = 1500; // three blocks, the last not full
    float[] values = new float[rows * 3];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i * 12.9898) * 10;
    }
    Points points = new Points(rows, 3, values);
    Neighbours found = Neighbours.of(points, 20, Golden.THREADS);
    for (int i = 0; i < rows; i += 7) {
      int cell = i;
      int[] expected =
          IntStream.range(0, rows)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(
                          j -> j == cell ? -1 : points.distance(cell, j))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(20)
              .mapToInt(j -> j)
              .toArray();
      assertThat(Arrays.copyOfRange(found.indices(), i * 20, (i + 1) * 20)).isEqualTo(expected);
    }
  }

  @Test
  void ofPointsInOnePlaceComeItselfFirstThenTheEarliest() {
    Neighbours found = Neighbours.of(new Points(5, 1, new float[5]), 3, Golden.THREADS);
    assertThat(found.indices()).containsExactly(0, 1, 2, 1, 0, 2, 2, 0, 1, 3, 0, 1, 4, 0, 1);
    assertThat(found.distances()).containsOnly(0);
  }

  @Test
  void cannotBeMoreThanThePoints() {
    assertThatThrownBy(() -> Neighbours.of(new Points(3, 1, new float[3]), 4, Golden.THREADS))
        .hasMessage("expected 2 to 3 neighbours, found 4");
  }

  @Test
  void pointsAreFinite() {
    assertThatThrownBy(() -> new Points(2, 2, new float[] {0, 1, Float.NaN, 3}))
        .hasMessage("coordinate 0 of point 1 is NaN");
  }
}
