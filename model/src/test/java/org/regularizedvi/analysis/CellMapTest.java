package org.regularizedvi.analysis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.config.MapConfig;
import org.regularizedvi.input.InputException;

class CellMapTest {
  @Test
  void moreNeighboursThanArraysHoldAreToldOfBeforeAnyWork() {
    int cells = (1 << 15) + 1; // with all others as neighbours, there and back: 2^31 + 2^16
    MapConfig config = new MapConfig(cells, Optional.empty(), Optional.empty(), 0);
    FloatMatrix places = new FloatMatrix(cells, 1, new float[cells]);
    assertThatThrownBy(() -> CellMap.of("'X_pca' in obsm", places, config))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "'X_pca' in obsm has values for 32,769 cells; with n_neighbors 32,769 at most 32,767"
                + " cells can be mapped, as arrays hold no more of their pairs.");
  }
}
