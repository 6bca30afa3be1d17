package org.regularizedvi.cpu.sparse;

import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cpu.work.Workers;

/**
 * Holds a minibatch's counts cut into tiles of genes, cell by cell within a tile, as the likelihood
 * reads them. Its arrays are reused from step to step.
 */
public final class TiledCounts {
  private final TileStarts starts;
  private int[] column = new int[0];
  private float[] count = new float[0];

  /**
   * Makes room for no cells.
   *
   * @param starts where the entries of the minibatch that it will take lie
   */
  public TiledCounts(TileStarts starts) {
    this.starts = starts;
  }

  /**
   * {@return the starts of each cell's entries in a tile, as places in {@link #column} and {@link
   * #count}; the next cell's start is a cell's end}
   *
   * @param tile its place
   */
  public int[] rowStart(int tile) {
    return starts.of(tile);
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
   * Takes a minibatch, whose starts are known.
   *
   * @param counts cells x genes
   * @param workers share the cells out
   */
  public void fill(SparseRows counts, Workers workers) {
    int entries = starts.entries();
    if (column.length < entries) {
      column = new int[entries + entries / 8];
      count = new float[column.length];
    }
    new RowChunks(counts.rows()).run(workers, (_, n) -> deal(counts, n));
  }

  /** Copies a cell's entries, in the order of genes, to where its tiles begin. */
  private void deal(SparseRows counts, int n) {
    GeneTiles tiles = starts.tiles();
    int at = starts.first(n);
    for (int t = starts.range().from(); t < starts.range().to(); t++) {
      int start = starts.of(t)[n];
      int entries = starts.entries(t, n);
      tiles.placesWithin(counts.indices(), at, entries, column, start);
      System.arraycopy(counts.values(), at, count, start, entries);
      at += entries;
    }
  }
}
