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
          float[] factors = new float[thinned ? tiles.genes() : 0];
          for (int n = chunk * CHUNK; n < Math.min(rows, (chunk + 1) * CHUNK); n++) {
            fillRow(counts, n);
            for (int e = encoders - 1; thinned && e >= 0; e--) {
              int from = counts.indptr()[n];
              int entries = counts.indptr()[n + 1] - from;
              InputDropout dropout = dropouts.get(e).orElseThrow();
              training
                  .orElseThrow()
                  .entryUniforms(dropout.entries(), n, counts.indices(), from, entries, factors);
              dropout.factors(factors, entries);
              thin(n, factors, logCount[e]);
            }
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

  private void fillRow(SparseRows counts, int n) {
    int i = counts.indptr()[n];
    float[] logs = logCount[0];
    for (int t = 0; t < tiles.count(); t++) {
      int first = tiles.first(t);
      int to = rowStart[t][n + 1];
      for (int at = rowStart[t][n]; at < to; at++, i++) {
        column[at] = counts.indices()[i] - first;
        count[at] = counts.values()[i];
        logs[at] = LogCounts.log1p(count[at]);
      }
    }
  }

  /** Thins a row from the first encoder's logs, which are thinned themselves last. */
  private void thin(int n, float[] factors, float[] thinned) {
    float[] logs = logCount[0];
    int i = 0;
    for (int t = 0; t < tiles.count(); t++) {
      int to = rowStart[t][n + 1];
      for (int at = rowStart[t][n]; at < to; at++) {
        thinned[at] = logs[at] * factors[i++];
      }
    }
  }

  /** Sorts a tile's entries by gene, cells ascending within one. */
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
    for (int n = 0; n < rows; n++) {
      for (int i = starts[n]; i < starts[n + 1]; i++) {
        int at = next[column[i]]++;
        cell[at] = n;
        for (int e = 0; e <= shared; e++) {
          logCountByGene[e][at] = logCount[e][i];
        }
      }
    }
  }
}
