package org.regularizedvi.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.input.InputException;

class CellMapTest {
  @Test
  void moreNeighboursThanArraysHoldAreToldOfBeforeAnyWork() {
    int cells = (1 << 15) + 1; // with all others as neighbours, there and back: 2^31 + 2^16
    MapConfig config = new MapConfig(cells, Optional.empty(), Optional.empty(), 0, cells);
    FloatMatrix places = new FloatMatrix(cells, 1, new float[cells]);
    assertThatThrownBy(() -> CellMap.of("'X_pca' in obsm", places, config, _ -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "'X_pca' in obsm has values for 32,769 cells; with n_neighbors 32,769 at most 32,767"
                + " cells can be mapped, as arrays hold no more of their pairs: take fewer with map_n_obs.");
  }

  private static FloatMatrix line(int cells, int missing) {
    float[] values = new float[cells];
    for (int i = 0; i < cells; i++) {
      values[i] = i == missing ? Float.NaN : i;
    }
    return new FloatMatrix(cells, 1, values);
  }

  private static CellMap map(int mostCells, long seed, List<String> said) {
    MapConfig config = MapConfig.defaults(true, true, seed, mostCells);
    return CellMap.of("line", line(500, 7), config, said::add);
  }

  @Test
  void ofMoreCellsThanAskedForSomeAreDrawnBySeed() {
    CellMap all = map(499, 3, new ArrayList<>());
    assertThat(all.sampling()).isEmpty();
    assertThat(all.cells()).hasSize(499).doesNotContain(7);
    CellMap some = map(120, 3, new ArrayList<>());
    assertThat(some.sampling())
        .hasValue(
            "neighbours, layout, clusters and scores are those of 120 of 499 cells, drawn at random;"
                + " --map-n-obs takes more or fewer, and the time grows with the square");
    assertThat(some.cells()).hasSize(120).isSorted().doesNotHaveDuplicates().doesNotContain(7);
    assertThat(Arrays.stream(some.cells()).average().orElseThrow()).isBetween(200.0, 300.0);
    assertThat(some.leftOut()).isEqualTo(1);
    assertThat(map(120, 3, new ArrayList<>()).cells()).isEqualTo(some.cells());
    assertThat(map(120, 4, new ArrayList<>()).cells()).isNotEqualTo(some.cells());
  }

  @Test
  void moreNeighboursThanCellsAreDrawnAreAMistake() {
    MapConfig config = new MapConfig(15, Optional.empty(), Optional.empty(), 0, 10);
    assertThatThrownBy(() -> CellMap.of("line", line(500, 7), config, _ -> {}))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "n_neighbors must be at most the number of cells that are drawn, map_n_obs, 10, but is 15.");
  }

  @Test
  void scoresOfMoreCellsThanArraysHoldAreToldOfBeforeAnyWork() {
    int cells = 24_000_000; // with 90 neighbours each: more than 2^31
    MapConfig config = new MapConfig(2, Optional.empty(), Optional.empty(), 0, cells);
    assertThatThrownBy(() -> CellMap.of("line", line(cells, -1), config, _ -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("arrays hold no more of their pairs: take fewer with map_n_obs.");
  }
}
