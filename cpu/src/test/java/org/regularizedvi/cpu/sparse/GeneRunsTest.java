package org.regularizedvi.cpu.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GeneRunsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2048, 1",
    "2049, 2",
    "4000, 2",
    "8192, 4",
    "8193, 5",
    "20000, 10",
    "32768, 16",
    "32769, 9",
    "100000, 13",
    "1000000, 16"
  })
  void everyGeneIsInOneRun(int genes, int count) {
    GeneTiles tiles = GeneTiles.of(genes);
    GeneRuns runs = new GeneRuns(tiles);
    assertThat(runs.count()).isEqualTo(count);
    int[] first = runs.firstGenes(IntStream.rangeClosed(0, count).toArray());
    assertThat(first).startsWith(0).endsWith(genes).isSorted();
    for (int run = 0; run < count; run++) {
      TileRange range = runs.tiles(run, run + 1);
      assertThat(tiles.first(range.from())).isEqualTo(first[run]);
      assertThat(Math.min(genes, tiles.first(range.to()))).isEqualTo(first[run + 1]);
      assertThat(range.count()).isPositive();
    }
    assertThat(runs.tiles(0, count)).isEqualTo(TileRange.all(tiles));
  }
}
