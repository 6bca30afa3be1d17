package org.regularizedvi.data.h5ad;

import java.util.Optional;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.hdf5.H5Dataset;

/** Reads a dense matrix a bounded number of rows at a time and keeps what is not zero. */
final class DenseBlocks implements RowBlocks {
  private static final long BLOCK_VALUES = 1 << 22;

  private final H5Dataset data;
  private final int rows;
  private final int columns;
  private final int step;
  private final CountCheck check;
  private int row;

  DenseBlocks(H5Dataset data, int rows, int columns, CountCheck check) {
    this.data = data;
    this.rows = rows;
    this.columns = columns;
    this.check = check;
    long fitting = Math.max(1, BLOCK_VALUES / Math.max(1, columns));
    long chunkRows = data.chunk().length == 0 ? 1 : data.chunk()[0];
    // Whole chunks, so that none is decoded twice.
    this.step = (int) Math.min(Math.max(1, rows), Math.max(1, fitting / chunkRows) * chunkRows);
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public long stored() {
    return 0;
  }

  @Override
  public Optional<SparseRows> next() {
    if (row == rows) {
      return Optional.empty();
    }
    int first = row;
    int n = Math.min(step, rows - first);
    row += n;
    Values dense = Values.read(data, new long[] {first, 0}, new long[] {n, columns});
    int[] indptr = new int[n + 1];
    for (int r = 0; r < n; r++) {
      int count = 0;
      for (int c = 0; c < columns; c++) {
        count += check.accept(dense.at(r * columns + c), first + r, c) != 0 ? 1 : 0;
      }
      indptr[r + 1] = indptr[r] + count;
    }
    int[] indices = new int[indptr[n]];
    float[] values = new float[indptr[n]];
    int to = 0;
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < columns; c++) {
        float value = (float) dense.at(r * columns + c);
        if (value != 0) {
          indices[to] = c;
          values[to++] = value;
        }
      }
    }
    return Optional.of(new SparseRows(columns, indptr, indices, values));
  }

  @Override
  public void close() {
    data.close();
  }
}
