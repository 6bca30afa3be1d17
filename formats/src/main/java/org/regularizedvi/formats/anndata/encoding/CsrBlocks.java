package org.regularizedvi.formats.anndata.encoding;

import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.SparseRows;

/** Reads encoding-type "csr_matrix" in blocks of a bounded number of values. */
final class CsrBlocks implements StoredRows {
  private static final long BLOCK_VALUES = 1 << 22;

  private final SparseParts parts;
  private final CountCheck check;
  private int row;

  CsrBlocks(SparseParts parts, CountCheck check) {
    this.parts = parts;
    this.check = check;
  }

  @Override
  public int rows() {
    return parts.major();
  }

  @Override
  public int columns() {
    return parts.minor();
  }

  @Override
  public long stored() {
    return parts.starts()[parts.major()];
  }

  @Override
  public Optional<SparseRows> next() {
    if (row == rows()) {
      return Optional.empty();
    }
    int first = row;
    row = parts.end(first, BLOCK_VALUES);
    long start = parts.starts()[first];
    int[] indptr = new int[row - first + 1];
    for (int i = 0; i < indptr.length; i++) {
      indptr[i] = (int) (parts.starts()[first + i] - start);
    }
    int count = indptr[row - first];
    int[] indices = parts.indices(start, count);
    Values values = parts.values(start, count);
    accept(values, first, indptr, indices);
    return Optional.of(
        RowCleaner.clean(columns(), indptr, indices, values.narrowed(), r -> first + r, check));
  }

  private void accept(Values values, int first, int[] indptr, int[] indices) {
    // Of plain counts a check learns no more than of one of them: that there are some.
    int end = values.plain() ? Math.min(1, values.length()) : values.length();
    for (int r = 0; r + 1 < indptr.length; r++) {
      for (int i = indptr[r]; i < Math.min(end, indptr[r + 1]); i++) {
        check.accept(values.at(i), first + r, indices[i]);
      }
    }
  }

  @Override
  public long stored(int row) {
    return parts.starts()[row + 1] - parts.starts()[row];
  }

  @Override
  public SparseRows read(int[] rows) {
    long[] starts = parts.starts();
    int[] indptr = new int[rows.length + 1];
    for (int r = 0; r < rows.length; r++) {
      indptr[r + 1] = Math.addExact(indptr[r], parts.count(rows[r], rows[r] + 1));
    }
    int[] indices = new int[indptr[rows.length]];
    float[] values = new float[indices.length];
    for (int r = 0; r < rows.length; ) {
      int end = Spans.end(rows, r, (from, to) -> starts[to] - starts[from]);
      long start = starts[rows[r]];
      int count = parts.count(rows[r], rows[end - 1] + 1);
      int[] found = parts.indices(start, count);
      Values numbers = parts.values(start, count);
      for (; r < end; r++) {
        int at = (int) (starts[rows[r]] - start);
        for (int i = indptr[r]; i < indptr[r + 1]; i++, at++) {
          indices[i] = found[at];
          values[i] = check.accept(numbers.at(at), rows[r], found[at]);
        }
      }
    }
    return RowCleaner.clean(columns(), indptr, indices, values, r -> rows[r], check);
  }

  @Override
  public void close() {
    parts.close();
  }
}
