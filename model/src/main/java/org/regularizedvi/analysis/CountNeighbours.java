package org.regularizedvi.analysis;

import java.util.Arrays;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.maps.Neighbours;
import org.regularizedvi.maps.Threads;

/**
 * Finds the nearest cells of each cell by their counts, before any model: counts are scaled to the
 * same total per cell, log1p is taken, and cells are compared by the cosine between these vectors.
 * All pairs are compared through their nonzeros; no matrix of cells x genes is made.
 */
public final class CountNeighbours {
  /** The total that each cell's counts are scaled to, as scanpy's tutorials do. */
  private static final double TOTAL = 10_000;

  private final SparseRows unit;
  private final int count;
  private final int[] indices;
  private final float[] distances;

  private CountNeighbours(SparseRows unit, int count) {
    this.unit = unit;
    this.count = count;
    this.indices = new int[Math.multiplyExact(unit.rows(), count)];
    this.distances = new float[indices.length];
  }

  /**
   * {@return each cell's nearest cells, itself first} Distances are those of the normalised vectors
   * scaled to length 1, sqrt(2 (1 - cosine)); a cell without counts is as far from every other as
   * one that shares no gene with it.
   *
   * @param counts raw counts, a row per cell
   * @param count neighbours per cell, itself among them, at most the number of cells
   * @param threads to compute with; no result depends on their number
   */
  public static Neighbours of(SparseRows counts, int count, Threads threads) {
    CountNeighbours search = new CountNeighbours(normalised(counts), count);
    threads.each(counts.rows(), search::search);
    return new Neighbours(count, search.indices, search.distances);
  }

  /** {@return log1p of counts of one total, each row scaled to length 1} */
  private static SparseRows normalised(SparseRows counts) {
    double[] totals = counts.totals();
    float[] unit = new float[counts.nonzeros()];
    for (int r = 0; r < counts.rows(); r++) {
      double norm = 0;
      for (int i = counts.indptr()[r]; i < counts.indptr()[r + 1]; i++) {
        unit[i] = (float) Math.log1p(counts.values()[i] / totals[r] * TOTAL);
        norm += (double) unit[i] * unit[i];
      }
      for (int i = counts.indptr()[r]; i < counts.indptr()[r + 1]; i++) {
        unit[i] /= (float) Math.sqrt(norm);
      }
    }
    return new SparseRows(counts.columns(), counts.indptr(), counts.indices(), unit);
  }

  private void search(int cell) {
    float[] own = new float[unit.columns()];
    for (int i = unit.indptr()[cell]; i < unit.indptr()[cell + 1]; i++) {
      own[unit.indices()[i]] = unit.values()[i];
    }
    long[] nearest = new long[unit.rows()];
    for (int other = 0; other < nearest.length; other++) {
      double distance = distance(own, other);
      // The bits of floats that are not negative sort as the floats do, and ties by index.
      nearest[other] = (long) Float.floatToRawIntBits((float) distance) << 32 | other;
    }
    nearest[cell] = Long.MIN_VALUE | cell; // the cell itself comes first, before any equal to it
    Arrays.sort(nearest);
    for (int n = 0; n < count; n++) {
      indices[cell * count + n] = (int) nearest[n];
      distances[cell * count + n] = n == 0 ? 0 : Float.intBitsToFloat((int) (nearest[n] >>> 32));
    }
  }

  private double distance(float[] own, int other) {
    double cosine = 0;
    for (int i = unit.indptr()[other]; i < unit.indptr()[other + 1]; i++) {
      cosine += unit.values()[i] * own[unit.indices()[i]];
    }
    return Math.sqrt(Math.max(0, 2 * (1 - cosine)));
  }
}
