package org.regularizedvi.cpu.sparse;

import java.util.Arrays;

/**
 * Cuts the tiles of genes into runs. A first layer adds the counts of a run up one gene after
 * another, and then the runs as a binary tree: several workers can have a run each, and the tree is
 * so small that it costs one worker next to nothing.
 *
 * @param tiles the tiles; how they are cut depends on them alone
 */
public record GeneRuns(GeneTiles tiles) {
  /** Genes of a run, at least: fewer than that are one run. */
  private static final int LEAST_GENES = 2048;

  private static final int MOST_RUNS = 16;

  /** {@return the number of runs} */
  public int count() {
    return Math.ceilDiv(tiles.count(), size());
  }

  /**
   * {@return the tiles of some runs}
   *
   * @param from the first run
   * @param to the run after the last
   */
  public TileRange tiles(int from, int to) {
    return new TileRange(
        Math.min(tiles.count(), from * size()), Math.min(tiles.count(), to * size()));
  }

  /**
   * {@return the first gene of each of some runs}
   *
   * @param runs their places; the number of runs stands for the end of the last gene
   */
  public int[] firstGenes(int[] runs) {
    return tiles.firstGenes(Arrays.stream(runs).map(run -> run * size()).toArray());
  }

  /** Returns the number of tiles of all runs but the last. */
  private int size() {
    int size = Math.max(1, LEAST_GENES / tiles.size());
    while (Math.ceilDiv(tiles.count(), size) > MOST_RUNS) {
      size *= 2;
    }
    return size;
  }
}
