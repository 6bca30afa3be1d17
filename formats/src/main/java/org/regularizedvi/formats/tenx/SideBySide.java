package org.regularizedvi.formats.tenx;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.PassListener;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;

/** Joins matrices of the same cells, the columns of one after those of another. */
final class SideBySide implements RowBlocks {
  private static final int ROWS_AT_ONCE = 4096;

  private final List<RowBlocks> parts;
  private final List<CountReader> readers;
  private final CountCheck check;
  private int given;

  /**
   * Joins matrices.
   *
   * @param parts each with the same number of rows
   * @param check sees every value at its place in the whole
   */
  SideBySide(List<RowBlocks> parts, CountCheck check) {
    this.parts = parts;
    this.readers = parts.stream().map(part -> new CountReader(part, check, true)).toList();
    this.check = check;
  }

  @Override
  public int rows() {
    return parts.getFirst().rows();
  }

  @Override
  public int columns() {
    return parts.stream().mapToInt(RowBlocks::columns).sum();
  }

  @Override
  public long stored() {
    return parts.stream().mapToLong(RowBlocks::stored).sum();
  }

  @Override
  public Optional<SparseRows> next() {
    if (given == rows()) {
      return Optional.empty();
    }
    List<SparseRows> next =
        readers.stream().map(reader -> reader.next(ROWS_AT_ONCE).orElseThrow()).toList();
    SparseRows joined = join(next);
    given += joined.rows();
    return Optional.of(joined);
  }

  private SparseRows join(List<SparseRows> next) {
    int rows = next.getFirst().rows();
    int stored = next.stream().mapToInt(SparseRows::nonzeros).reduce(0, Math::addExact);
    int[] indptr = new int[rows + 1];
    int[] indices = new int[stored];
    float[] values = new float[stored];
    int to = 0;
    for (int row = 0; row < rows; row++) {
      int first = 0;
      for (SparseRows part : next) {
        for (int i = part.indptr()[row]; i < part.indptr()[row + 1]; i++) {
          indices[to] = first + part.indices()[i];
          values[to] = check.accept(part.values()[i], given + row, indices[to]);
          to++;
        }
        first += part.columns();
      }
      indptr[row + 1] = to;
    }
    return new SparseRows(columns(), indptr, indices, values);
  }

  @Override
  public void watch(String modality, PassListener listener) {
    parts.forEach(part -> part.watch(modality, listener));
  }

  @Override
  public void close() {
    parts.forEach(RowBlocks::close);
  }
}
