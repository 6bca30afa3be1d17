package org.regularizedvi.formats.anndata.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.hierarchy.BlockRows;
import org.regularizedvi.formats.hierarchy.StoredArray;

/** Reads a dense matrix in blocks of a bounded number of rows and keeps what is not zero. */
final class DenseBlocks implements StoredRows {
  private final StoredArray data;
  private final int rows;
  private final int columns;
  private final int step;
  private final CountCheck check;
  private int row;

  /**
   * Begins with the first row.
   *
   * @param data rows x columns, closed with this
   * @param check looks at every value
   * @param atOnce says how many rows are read at once
   */
  DenseBlocks(StoredArray data, int rows, int columns, CountCheck check, BlockRows atOnce) {
    this.data = data;
    this.rows = rows;
    this.columns = columns;
    this.check = check;
    this.step = atOnce.of(rows, columns, data.chunk().length == 0 ? 1 : data.chunk()[0]);
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
    return Optional.of(span(IntStream.range(first, row).toArray()));
  }

  @Override
  public long stored(int row) {
    return columns;
  }

  @Override
  public SparseRows read(int[] wanted) {
    List<SparseRows> parts = new ArrayList<>();
    parts.add(SparseRows.empty(0, columns));
    for (int r = 0; r < wanted.length; ) {
      int end = Spans.end(wanted, r, (from, to) -> (long) (to - from) * columns);
      parts.add(span(Arrays.copyOfRange(wanted, r, end)));
      r = end;
    }
    return SparseRows.join(columns, parts);
  }

  /** Reads everything from the first of some ascending rows to the last, and keeps them. */
  private SparseRows span(int[] wanted) {
    int first = wanted[0];
    int n = wanted[wanted.length - 1] + 1 - first;
    Values dense = Values.read(data, new long[] {first, 0}, new long[] {n, columns});
    float[] accepted = new float[wanted.length * columns];
    int[] indptr = new int[wanted.length + 1];
    for (int r = 0; r < wanted.length; r++) {
      int at = (wanted[r] - first) * columns;
      int count = 0;
      for (int c = 0; c < columns; c++) {
        float value = check.accept(dense.at(at + c), wanted[r], c);
        accepted[r * columns + c] = value;
        count += value != 0 ? 1 : 0;
      }
      indptr[r + 1] = indptr[r] + count;
    }
    int[] indices = new int[indptr[wanted.length]];
    float[] values = new float[indices.length];
    int to = 0;
    for (int i = 0; i < accepted.length; i++) {
      if (accepted[i] != 0) {
        indices[to] = i % columns;
        values[to++] = accepted[i];
      }
    }
    return new SparseRows(columns, indptr, indices, values);
  }

  @Override
  public void close() {
    data.close();
  }
}
