package org.regularizedvi.cpu.sparse;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cpu.work.Workers;

/**
 * Says where the entries of each cell lie when some tiles of genes of a minibatch are laid out tile
 * after tile and cell after cell within a tile, so that who goes through a tile reads without
 * leaps. Its arrays are reused from step to step.
 */
public final class TileStarts {
  private final GeneTiles tiles;
  private final TileRange range;
  private int[][] starts = new int[0][];
  private int[] first = new int[0];
  private int rows;

  /**
   * Makes room for no cells.
   *
   * @param tiles of the genes
   * @param range those that are laid out
   */
  public TileStarts(GeneTiles tiles, TileRange range) {
    this.tiles = tiles;
    this.range = range;
  }

  /** {@return how the genes are cut into tiles} */
  GeneTiles tiles() {
    return tiles;
  }

  /** {@return the tiles that are laid out} */
  TileRange range() {
    return range;
  }

  /**
   * {@return the places of each cell's first entry in a tile; the next cell's is a cell's end}
   *
   * @param tile its place
   */
  int[] of(int tile) {
    return starts[tile - range.from()];
  }

  /** {@return the number of a cell's entries in a tile} */
  int entries(int tile, int n) {
    return of(tile)[n + 1] - of(tile)[n];
  }

  /** {@return where the first of a cell's entries that are laid out lies in the minibatch} */
  int first(int n) {
    return first[n];
  }

  /** {@return the number of a cell's entries that are laid out} */
  int entries(int n) {
    int entries = 0;
    for (int t = range.from(); t < range.to(); t++) {
      entries += entries(t, n);
    }
    return entries;
  }

  /** {@return the number of all entries that are laid out} */
  int entries() {
    return range.count() == 0 ? 0 : of(range.to() - 1)[rows];
  }

  /**
   * Takes a minibatch.
   *
   * @param counts cells x genes
   * @param workers share the cells out
   */
  public void fill(SparseRows counts, Workers workers) {
    rows = counts.rows();
    if (starts.length < range.count() || first.length < rows) {
      starts = new int[range.count()][rows + 1];
      first = new int[rows];
    }
    new RowChunks(rows).run(workers, (_, n) -> countTiles(counts, n));
    int total = 0;
    for (int[] own : starts) {
      own[0] = total;
      for (int n = 0; n < rows; n++) {
        total += own[n + 1];
        own[n + 1] = total;
      }
    }
  }

  /** Leaves the numbers of a cell's entries where their ends will be. */
  private void countTiles(SparseRows counts, int n) {
    int[] genes = counts.indices();
    int end = counts.indptr()[n + 1];
    int i = place(genes, counts.indptr()[n], end, tiles.first(range.from()));
    first[n] = i;
    for (int t = range.from(); t < range.to(); t++) {
      int limit = tiles.first(t) + tiles.size();
      int start = i;
      while (i < end && genes[i] < limit) {
        i++;
      }
      of(t)[n + 1] = i - start;
    }
  }

  /** {@return the place of the first of a cell's genes that is not before one} */
  private static int place(int[] genes, int from, int to, int gene) {
    if (gene == 0) {
      return from;
    }
    int found = Arrays.binarySearch(genes, from, to, gene);
    return found < 0 ? -found - 1 : found;
  }
}
