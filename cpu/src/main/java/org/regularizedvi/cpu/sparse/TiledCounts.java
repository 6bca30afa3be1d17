package org.regularizedvi.cpu.sparse;

import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cpu.work.Workers;

/**
 * Holds a minibatch's counts cut into tiles of genes, cell by cell within a tile, as the likelihood
 * reads them. Its arrays are reused from step to step.
 */
public final class TiledCounts {
  private final GeneTiles tiles;
  private int[][] rowStart = new int[0][];
  private int[] column = new int[0];
  private float[] count = new float[0];

  /**
   * Makes room for no cells.
   *
   * @param tiles of the genes
   */
  public TiledCounts(GeneTiles tiles) {
    this.tiles = tiles;
  }

  /**
   * {@return the starts of each cell's entries in a tile, as places in {@link #column} and {@link
   * #count}; the next cell's start is a cell's end}
   *
   * @param tile its place
   */
  public int[] rowStart(int tile) {
    return rowStart[tile];
  }

  /** {@return the columns of all entries, each within its tile} */
  public int[] column() {
    return column;
  }

  /** {@return the counts of all entries} */
  public float[] count() {
    return count;
  }

  /**
   * Takes a minibatch.
   *
   * @param counts cells x genes
   * @param workers share the cells out
   */
  public void fill(SparseRows counts, Workers workers) {
    reserve(counts.rows(), counts.nonzeros());
    RowChunks chunks = new RowChunks(counts.rows());
    chunks.run(workers, (_, n) -> countTiles(counts, n));
    int total = 0;
    for (int[] starts : rowStart) {
      starts[0] = total;
      for (int n = 0; n < counts.rows(); n++) {
        total += starts[n + 1];
        starts[n + 1] = total;
      }
    }
    chunks.run(workers, (_, n) -> deal(counts, n));
  }

  private void reserve(int rows, int entries) {
    if (column.length < entries) {
      column = new int[entries + entries / 8];
      count = new float[column.length];
    }
    if (rowStart.length == 0 || rowStart[0].length < rows + 1) {
      rowStart = new int[tiles.count()][rows + 1];
    }
  }

  /** Leaves the numbers of a cell's entries where their ends will be. */
  private void countTiles(SparseRows counts, int n) {
    int i = counts.indptr()[n];
    int end = counts.indptr()[n + 1];
    for (int t = 0; t < tiles.count(); t++) {
      int limit = tiles.first(t) + tiles.size();
      int start = i;
      while (i < end && counts.indices()[i] < limit) {
        i++;
      }
      rowStart[t][n + 1] = i - start;
    }
  }

  /** Copies a cell's entries, in the order of genes, to where its tiles begin. */
  private void deal(SparseRows counts, int n) {
    int at = counts.indptr()[n];
    for (int[] starts : rowStart) {
      int entries = starts[n + 1] - starts[n];
      tiles.placesWithin(counts.indices(), at, entries, column, starts[n]);
      System.arraycopy(counts.values(), at, count, starts[n], entries);
      at += entries;
    }
  }
}
