package org.regularizedvi.data.h5ad;

import java.util.Optional;
import org.regularizedvi.data.SparseRows;

/** Reads encoding-type "csr_matrix" a bounded number of values at a time. */
final class CsrBlocks implements RowBlocks {
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
    for (int r = 0; r < row - first; r++) {
      for (int i = indptr[r]; i < indptr[r + 1]; i++) {
        check.accept(values.at(i), first + r, indices[i]);
      }
    }
    return Optional.of(
        RowCleaner.clean(columns(), indptr, indices, values.narrowed(), first, check));
  }

  @Override
  public void close() {
    parts.close();
  }
}
