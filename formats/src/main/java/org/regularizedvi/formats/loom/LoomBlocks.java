package org.regularizedvi.formats.loom;

import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.hierarchy.BlockRows;
import org.regularizedvi.formats.hierarchy.StoredArray;

/** Reads a dense matrix of features x cells, some cells at a time, and keeps what is not zero. */
final class LoomBlocks implements RowBlocks {
  private final StoredArray data;
  private final int features;
  private final int cells;
  private final int step;
  private final CountCheck check;
  private int cell;

  /**
   * Begins with the first cell.
   *
   * @param data features x cells, closed with this
   * @param check looks at every value
   */
  LoomBlocks(StoredArray data, CountCheck check) {
    this.data = data;
    this.features = Math.toIntExact(data.shape()[0]);
    this.cells = Math.toIntExact(data.shape()[1]);
    this.check = check;
    long chunk = data.chunk().length == 0 ? 1 : data.chunk()[1];
    this.step = BlockRows.DEFAULT.of(cells, features, chunk);
  }

  @Override
  public int rows() {
    return cells;
  }

  @Override
  public int columns() {
    return features;
  }

  @Override
  public long stored() {
    return 0;
  }

  @Override
  public Optional<SparseRows> next() {
    if (cell == cells) {
      return Optional.empty();
    }
    int n = Math.min(step, cells - cell);
    double[] dense = data.doubles(new long[] {0, cell}, new long[] {features, n});
    int[] indptr = new int[n + 1];
    int[] indices = new int[Math.max(1, dense.length / Float.BYTES)];
    float[] values = new float[indices.length];
    int to = 0;
    for (int c = 0; c < n; c++) {
      for (int feature = 0; feature < features; feature++) {
        double found = dense[feature * n + c];
        if (found == 0) {
          continue;
        }
        if (to == indices.length) {
          int longer = Math.min(dense.length, 2 * to);
          indices = Arrays.copyOf(indices, longer);
          values = Arrays.copyOf(values, longer);
        }
        indices[to] = feature;
        values[to] = check.accept(found, cell + c, feature);
        to += values[to] == 0 ? 0 : 1;
      }
      indptr[c + 1] = to;
    }
    cell += n;
    return Optional.of(
        new SparseRows(features, indptr, Arrays.copyOf(indices, to), Arrays.copyOf(values, to)));
  }

  @Override
  public void close() {
    data.close();
  }
}
