package org.regularizedvi.cpu.sparse;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.draw.InputDropout;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.kernel.sparse.SparseProduct.Sparse;

/**
 * Holds the counts of a minibatch as an encoder sees them: log1p of those that dropout leaves, by
 * cell for the products with the first layer's weight and by gene for that weight's gradient.
 * Counts that were dropped are not there: dropout of half of the input is half the work. Its arrays
 * are reused from step to step.
 */
public final class EncoderCounts {
  private final GeneTiles tiles;
  private final TileRange range;
  private final TileStarts starts;
  private int rows;

  // by tile and cell; a cell's entries in a tile begin where its counts do, but may be fewer
  private long[] byCell = new long[0];
  private int[][] ends = new int[0][];

  // by gene, tile after tile
  private long[] byGene = new long[0];
  private final int[] geneStart;
  private final int[] geneEnd;
  private final TileSort[] sorts;

  /**
   * Makes room for no cells.
   *
   * @param starts where entries lie
   * @param range the tiles that are taken, all of them laid out
   */
  EncoderCounts(TileStarts starts, TileRange range, int workers) {
    this.tiles = starts.tiles();
    this.range = range;
    this.starts = starts;
    this.geneStart = new int[tiles.genes()];
    this.geneEnd = new int[tiles.genes()];
    this.sorts = new TileSort[workers];
  }

  int rows() {
    return rows;
  }

  /** {@return a tile's entries: rows are cells, indices genes of all tiles} */
  Sparse byCell(int tile) {
    return new Sparse(starts.of(tile), ends[tile - range.from()], byCell);
  }

  /** {@return all entries: rows are genes, indices cells, in ascending order} */
  Sparse byGene() {
    return new Sparse(geneStart, geneEnd, byGene);
  }

  /** Makes room for a minibatch, whose starts are known. */
  void begin(SparseRows counts) {
    rows = counts.rows();
    int entries = starts.entries();
    if (byCell.length < entries) {
      byCell = new long[entries + entries / 8];
    }
    if (ends.length == 0 || ends[0].length < rows) {
      ends = new int[range.count()][rows];
    }
  }

  /**
   * Takes a cell's counts as they are.
   *
   * @param logs log1p of each count that is laid out
   */
  void take(SparseRows counts, int n, float[] logs) {
    int from = starts.first(n);
    int i = from + before(n);
    for (int t = range.from(); t < range.to(); t++) {
      int shift = starts.of(t)[n] - i;
      int end = starts.of(t)[n + 1] - shift;
      for (; i < end; i++) {
        byCell[i + shift] = Sparse.entry(counts.indices()[i], logs[i - from]);
      }
      ends[t - range.from()][n] = end + shift;
    }
  }

  /**
   * {@return the number of a cell's entries that are laid out before those that are taken} Where no
   * tile is taken, the range may begin behind all that is laid out.
   */
  private int before(int n) {
    int entries = 0;
    int end = Math.min(range.from(), starts.range().to());
    for (int t = starts.range().from(); t < end; t++) {
      entries += starts.entries(t, n);
    }
    return entries;
  }

  /**
   * Takes those of a cell's counts that dropout leaves.
   *
   * @param logs log1p of each count that is laid out
   * @param draws a uniform draw of each
   */
  void takeThinned(SparseRows counts, int n, float[] logs, float[] draws, InputDropout dropout) {
    int[] genes = counts.indices();
    int from = starts.first(n);
    float rate = (float) dropout.rate();
    float kept = dropout.keptFactor();
    int i = from + before(n);
    for (int t = range.from(); t < range.to(); t++) {
      int at = starts.of(t)[n];
      int end = i + starts.of(t)[n + 1] - at;
      for (; i < end; i++) {
        byCell[at] = Sparse.entry(genes[i], logs[i - from] * kept);
        // The sign bit of draw - rate in place of a branch that nobody could predict.
        at += 1 - (Float.floatToRawIntBits(draws[i - from] - rate) >>> 31);
      }
      ends[t - range.from()][n] = at;
    }
  }

  /** Sorts what was taken by gene. */
  void sortByGene(Workers workers) {
    if (byGene.length < byCell.length) {
      byGene = new long[byCell.length];
    }
    int[] offsets = new int[range.count() + 1];
    for (int i = 0; i < range.count(); i++) {
      int[] own = starts.of(range.from() + i);
      offsets[i + 1] = offsets[i];
      for (int n = 0; n < rows; n++) {
        offsets[i + 1] += ends[i][n] - own[n];
      }
    }
    workers.run(
        range.count(),
        (worker, i) -> sortTile(worker, range.from() + i, offsets[i], offsets[i + 1] - offsets[i]));
  }

  /** Brings a tile's entries together, counts each gene's, then places them. */
  private void sortTile(int worker, int tile, int offset, int entries) {
    if (sorts[worker] == null || sorts[worker].near.length < entries) {
      sorts[worker] = new TileSort(entries + entries / 4, tiles.size());
    }
    TileSort sort = sorts[worker];
    sort.gather(byCell, starts.of(tile), ends[tile - range.from()], rows);
    sort.countGenes(entries, tiles.first(tile));
    int total = offset;
    for (int g = 0; g < tiles.genesOf(tile); g++) {
      int gene = tiles.first(tile) + g;
      geneStart[gene] = total;
      total += sort.next[g];
      sort.next[g] = geneStart[gene];
      geneEnd[gene] = total;
    }
    sort.place(entries, tiles.first(tile), byGene);
  }

  /**
   * Holds a worker's own arrays, and loops over all of a tile's entries, since runs of a cell are
   * too short to predict their ends.
   *
   * @param near copy of a tile's entries without the gaps that dropout left
   * @param cell of each
   * @param next place of each gene's next entry
   */
  private record TileSort(long[] near, int[] cell, int[] next) {
    TileSort(int entries, int genes) {
      this(new long[entries], new int[entries], new int[genes]);
    }

    void gather(long[] entries, int[] starts, int[] ends, int rows) {
      int k = 0;
      for (int n = 0; n < rows; n++) {
        int run = ends[n] - starts[n];
        System.arraycopy(entries, starts[n], near, k, run);
        Arrays.fill(cell, k, k + run, n);
        k += run;
      }
    }

    void countGenes(int entries, int firstGene) {
      Arrays.fill(next, 0);
      for (int i = 0; i < entries; i++) {
        next[Sparse.index(near[i]) - firstGene]++;
      }
    }

    void place(int entries, int firstGene, long[] byGene) {
      for (int i = 0; i < entries; i++) {
        byGene[next[Sparse.index(near[i]) - firstGene]++] = Sparse.withIndex(near[i], cell[i]);
      }
    }
  }
}
