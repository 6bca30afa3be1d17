package org.regularizedvi.model.fused;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.model.net.InputDropout;
import org.regularizedvi.model.net.Noise;

/**
 * A minibatch's counts cut into tiles of genes, twice: by cell within a tile (for products with the
 * first layer's weight and for the likelihood) and by gene (for that weight's gradient). Its arrays
 * are reused from step to step.
 *
 * <p>Each entry carries the count and, for each encoder, log1p of the count times its dropout
 * factor.
 */
final class TiledCounts {
  /** Rows of a task. */
  private static final int CHUNK = 64;

  private final GeneTiles tiles;
  private final int encoders;

  // entries by (tile, cell, gene)
  private int[][] rowStart = new int[0][];
  private int[] column = new int[0];
  private float[] count = new float[0];
  private float[][] logCount;

  // entries by (gene, cell)
  private final int[] geneStart;
  private int[] cell = new int[0];
  private float[][] logCountByGene;

  private int rows;
  private int shared;

  TiledCounts(GeneTiles tiles, int encoders) {
    this.tiles = tiles;
    this.encoders = encoders;
    this.geneStart = new int[tiles.genes() + 1];
    this.logCount = new float[encoders][0];
    this.logCountByGene = new float[encoders][0];
  }

  int rows() {
    return rows;
  }

  /** Starts of each cell's entries in a tile, as places in {@link #column} and {@link #count}. */
  int[] rowStart(int tile) {
    return rowStart[tile];
  }

  /** Columns within the tile. */
  int[] column() {
    return column;
  }

  float[] count() {
    return count;
  }

  float[] logCount(int encoder) {
    return logCount[Math.min(encoder, shared)];
  }

  /** Starts of each gene's entries, as places in {@link #cell} and {@link #logCountByGene}. */
  int[] geneStart() {
    return geneStart;
  }

  int[] cell() {
    return cell;
  }

  float[] logCountByGene(int encoder) {
    return logCountByGene[Math.min(encoder, shared)];
  }

  /**
   * Takes a minibatch.
   *
   * @param dropouts each encoder's, of its input
   * @param byGene whether the order by gene is wanted
   */
  void fill(
      SparseRows counts,
      List<Optional<InputDropout>> dropouts,
      Optional<Noise> training,
      boolean byGene,
      Workers workers) {
    rows = counts.rows();
    boolean thinned = training.isPresent() && dropouts.getFirst().isPresent();
    shared = thinned ? encoders - 1 : 0;
    reserve(counts.nonzeros(), byGene);
    countTiles(counts, workers);
    int chunks = (rows + CHUNK - 1) / CHUNK;
    workers.run(
        chunks,
        (_, chunk) -> {
          int most = 0;
          for (int n = chunk * CHUNK; n < Math.min(rows, (chunk + 1) * CHUNK); n++) {
            most = Math.max(most, counts.indptr()[n + 1] - counts.indptr()[n]);
          }
          Row row = new Row(most);
          for (int n = chunk * CHUNK; n < Math.min(rows, (chunk + 1) * CHUNK); n++) {
            fillRow(counts, n, row, dropouts, thinned ? training : Optional.empty());
          }
        });
    if (byGene) {
      workers.run(tiles.count(), (_, tile) -> fillGenes(tile));
    }
  }

  private void reserve(int entries, boolean byGene) {
    if (column.length < entries) {
      int size = entries + entries / 8;
      column = new int[size];
      count = new float[size];
    }
    for (int e = 0; e <= shared; e++) {
      if (logCount[e].length < entries) {
        logCount[e] = new float[column.length];
      }
      if (byGene && logCountByGene[e].length < entries) {
        logCountByGene[e] = new float[column.length];
      }
    }
    if (byGene && cell.length < entries) {
      cell = new int[column.length];
    }
    if (rowStart.length == 0 || rowStart[0].length < rows + 1) {
      rowStart = new int[tiles.count()][rows + 1];
    }
  }

  /**
   * Counts each cell's entries in each tile, then turns counts into starts: tile after tile, cell
   * after cell.
   */
  private void countTiles(SparseRows counts, Workers workers) {
    int chunks = (rows + CHUNK - 1) / CHUNK;
    workers.run(
        chunks,
        (_, chunk) -> {
          for (int n = chunk * CHUNK; n < Math.min(rows, (chunk + 1) * CHUNK); n++) {
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
        });
    int total = 0;
    for (int[] starts : rowStart) {
      starts[0] = total;
      for (int n = 0; n < rows; n++) {
        total += starts[n + 1];
        starts[n + 1] = total;
      }
    }
  }

  /** A cell's entries before they are dealt to the tiles. */
  private record Row(int[] columns, float[] logs, float[] thinned) {
    Row(int entries) {
      this(new int[entries], new float[entries], new float[entries]);
    }
  }

  /** Works on whole rows in loops that become vector code, then copies each tile's run of them. */
  private void fillRow(
      SparseRows counts,
      int n,
      Row row,
      List<Optional<InputDropout>> dropouts,
      Optional<Noise> training) {
    int from = counts.indptr()[n];
    int entries = counts.indptr()[n + 1] - from;
    tiles.placesWithin(counts.indices(), from, entries, row.columns);
    deal(row.columns, 0, column, n);
    deal(counts.values(), from, count, n);
    LogCounts.log1p(counts.values(), from, entries, row.logs);
    if (training.isEmpty()) {
      deal(row.logs, 0, logCount[0], n);
      return;
    }
    for (int e = 0; e < encoders; e++) {
      InputDropout dropout = dropouts.get(e).orElseThrow();
      training
          .orElseThrow()
          .entryUniforms(dropout.entries(), n, counts.indices(), from, entries, row.thinned);
      dropout.thin(row.thinned, row.logs, entries);
      deal(row.thinned, 0, logCount[e], n);
    }
  }

  /** Copies a row, entry by entry in the order of genes, to where its tiles begin. */
  private void deal(Object row, int from, Object tiled, int n) {
    int at = from;
    for (int[] starts : rowStart) {
      int entries = starts[n + 1] - starts[n];
      System.arraycopy(row, at, tiled, starts[n], entries);
      at += entries;
    }
  }

  /**
   * Sorts a tile's entries by gene, cells ascending within one. One array is written at a time: its
   * lines, one a gene, then stay in the first-level cache.
   */
  private void fillGenes(int tile) {
    int genes = tiles.genesOf(tile);
    int first = tiles.first(tile);
    int[] starts = rowStart[tile];
    int from = starts[0];
    int to = starts[rows];
    int[] next = new int[genes + 1];
    for (int i = from; i < to; i++) {
      next[column[i] + 1]++;
    }
    next[0] = from;
    for (int j = 0; j < genes; j++) {
      next[j + 1] += next[j];
      geneStart[first + j] = next[j];
    }
    geneStart[first + genes] = next[genes];
    int[] place = new int[to - from];
    for (int n = 0; n < rows; n++) {
      for (int i = starts[n]; i < starts[n + 1]; i++) {
        int at = next[column[i]]++;
        place[i - from] = at;
        cell[at] = n;
      }
    }
    for (int e = 0; e <= shared; e++) {
      scatter(logCount[e], from, place, logCountByGene[e]);
    }
  }

  private static void scatter(float[] values, int from, int[] place, float[] out) {
    for (int i = 0; i < place.length; i++) {
      out[place[i]] = values[from + i];
    }
  }
}
