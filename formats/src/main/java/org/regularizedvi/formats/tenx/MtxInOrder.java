package org.regularizedvi.formats.tenx;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.anndata.encoding.RowCleaner;

/**
 * Gives the counts of a Matrix Market file whose entries are in the order of the cells, in one pass
 * and in blocks of a bounded number of values.
 */
final class MtxInOrder implements RowBlocks {
  private static final int BLOCK_VALUES = 1 << 20;
  private static final int BLOCK_ROWS = 1 << 16;

  private final MtxMatrix matrix;
  private final CountCheck check;
  private final Supplier<RuntimeException> disorder;
  private final MtxReader reader;

  /** The values of the block that is being made. */
  private int[] indices = new int[BLOCK_VALUES];

  private float[] values = new float[BLOCK_VALUES];

  /** The cell of the entry that was read last; behind the last cell at the end. */
  private int cell;

  /** The first cell of the next block. */
  private int first;

  /**
   * Begins to read.
   *
   * @param disorder gives what is thrown when an entry is of a cell before that of the last entry
   * @throws org.regularizedvi.input.InputException when the file cannot be read
   */
  MtxInOrder(MtxMatrix matrix, CountCheck check, Supplier<RuntimeException> disorder) {
    this.matrix = matrix;
    this.check = check;
    this.disorder = disorder;
    this.reader = matrix.entries();
    try {
      advance();
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private void advance() {
    int before = cell;
    cell = reader.next() ? matrix.cell(reader) : rows();
    if (cell < before) {
      throw disorder.get();
    }
  }

  @Override
  public int rows() {
    return matrix.cells();
  }

  @Override
  public int columns() {
    return matrix.features();
  }

  /** Returns 0: what the file says is believed as its entries come. */
  @Override
  public long stored() {
    return 0;
  }

  @Override
  public Optional<SparseRows> next() {
    if (first == rows()) {
      return Optional.empty();
    }
    int start = first;
    int limit = (int) Math.min(rows(), (long) start + BLOCK_ROWS);
    int[] indptr = new int[limit - start + 1];
    int n = 0;
    int row = start;
    while (cell < limit && (cell == row || n < BLOCK_VALUES)) {
      Arrays.fill(indptr, row - start + 1, cell - start + 1, n);
      row = cell;
      put(n++);
      advance();
    }
    first = Math.min(cell, limit);
    Arrays.fill(indptr, row - start + 1, first - start + 1, n);
    return Optional.of(
        RowCleaner.clean(
            columns(),
            Arrays.copyOf(indptr, first - start + 1),
            Arrays.copyOf(indices, n),
            Arrays.copyOf(values, n),
            r -> start + r,
            check));
  }

  private void put(int at) {
    if (at == indices.length) {
      indices = Arrays.copyOf(indices, 2 * at);
      values = Arrays.copyOf(values, 2 * at);
    }
    int feature = matrix.feature(reader);
    indices[at] = feature;
    values[at] = check.accept(reader.value(), cell, feature);
  }

  @Override
  public void close() {
    reader.close();
  }
}
