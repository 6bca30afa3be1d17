package org.regularizedvi.cpu.sparse;

import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cpu.work.Workers;

/**
 * Says where the entries of each cell lie when a minibatch is laid out tile after tile of genes and
 * cell after cell within a tile, so that who goes through a tile reads without leaps. Its arrays
 * are reused from step to step.
 */
public final class TileStarts {
  private final GeneTiles tiles;
  private int[][] starts = new int[0][];

  /**
   * Makes room for no cells.
   *
   * @param tiles of the genes
   */
  public TileStarts(GeneTiles tiles) {
    this.tiles = tiles;
  }

  /** {@return how the genes are cut into tiles} */
  GeneTiles tiles() {
    return tiles;
  }

  /**
   * {@return the places of each cell's first entry in a tile; the next cell's is a cell's end}
   *
   * @param tile its place
   */
  int[] of(int tile) {
    return starts[tile];
  }

  /**
   * Takes a minibatch.
   *
   * @param counts cells x genes
   * @param workers share the cells out
   */
  public void fill(SparseRows counts, Workers workers) {
    if (starts.length == 0 || starts[0].length < counts.rows() + 1) {
      starts = new int[tiles.count()][counts.rows() + 1];
    }
    new RowChunks(counts.rows()).run(workers, (_, n) -> countTiles(counts, n));
    int total = 0;
    for (int[] own : starts) {
      own[0] = total;
      for (int n = 0; n < counts.rows(); n++) {
        total += own[n + 1];
        own[n + 1] = total;
      }
    }
  }

  /** Leaves the numbers of a cell's entries where their ends will be. */
  private void countTiles(SparseRows counts, int n) {
    int[] genes = counts.indices();
    int i = counts.indptr()[n];
    int end = counts.indptr()[n + 1];
    for (int t = 0; t < tiles.count(); t++) {
      int limit = tiles.first(t) + tiles.size();
      int start = i;
      while (i < end && genes[i] < limit) {
        i++;
      }
      starts[t][n + 1] = i - start;
    }
  }
}
