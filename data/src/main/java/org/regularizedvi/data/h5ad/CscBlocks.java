package org.regularizedvi.data.h5ad;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.data.SparseRows;

/**
 * Transposes encoding-type "csc_matrix" in memory: the first pass over the file counts the values
 * of each row, the second puts them in place.
 */
final class CscBlocks implements RowBlocks {
  private static final long PIECE_VALUES = 1 << 22;
  private static final long BLOCK_VALUES = 1 << 24;

  private final int rows;
  private final int columns;
  private final long stored;
  private final Deque<SparseRows> blocks = new ArrayDeque<>();

  CscBlocks(SparseParts parts, CountCheck check) {
    this.rows = parts.minor();
    this.columns = parts.major();
    this.stored = parts.starts()[columns];
    List<Block> filling = plan(countRows(parts));
    Block[] ofRow = new Block[rows];
    for (Block block : filling) {
      Arrays.fill(ofRow, block.first, block.first + block.rows(), block);
    }
    fill(parts, ofRow, check);
    for (Block block : filling) {
      blocks.add(
          RowCleaner.clean(columns, block.indptr, block.indices, block.values, block.first, check));
    }
  }

  private int[] countRows(SparseParts parts) {
    int[] counts = new int[rows];
    for (long from = 0; from < stored; from += PIECE_VALUES) {
      for (int row : parts.indices(from, (int) Math.min(PIECE_VALUES, stored - from))) {
        counts[row] = Math.addExact(counts[row], 1);
      }
    }
    return counts;
  }

  private static List<Block> plan(int[] counts) {
    List<Block> blocks = new ArrayList<>();
    for (int first = 0; first < counts.length; ) {
      int end = first;
      long values = 0;
      while (end < counts.length && (end == first || values + counts[end] <= BLOCK_VALUES)) {
        values += counts[end++];
      }
      blocks.add(new Block(first, counts, end - first));
      first = end;
    }
    return blocks;
  }

  private void fill(SparseParts parts, Block[] ofRow, CountCheck check) {
    for (int column = 0; column < columns; ) {
      int end = parts.end(column, PIECE_VALUES);
      long start = parts.starts()[column];
      int count = (int) (parts.starts()[end] - start);
      int[] rowOf = parts.indices(start, count);
      Values values = parts.values(start, count);
      for (; column < end; column++) {
        int to = (int) (parts.starts()[column + 1] - start);
        for (int i = (int) (parts.starts()[column] - start); i < to; i++) {
          ofRow[rowOf[i]].put(rowOf[i], column, check.accept(values.at(i), rowOf[i], column));
        }
      }
    }
  }

  /** Rows being filled; {@code next} is where each row's next value goes. */
  private static final class Block {
    final int first;
    final int[] indptr;
    final int[] next;
    final int[] indices;
    final float[] values;

    Block(int first, int[] counts, int rows) {
      this.first = first;
      indptr = new int[rows + 1];
      for (int r = 0; r < rows; r++) {
        indptr[r + 1] = indptr[r] + counts[first + r];
      }
      next = indptr.clone();
      indices = new int[indptr[rows]];
      values = new float[indptr[rows]];
    }

    int rows() {
      return indptr.length - 1;
    }

    void put(int row, int column, float value) {
      int at = next[row - first]++;
      indices[at] = column;
      values[at] = value;
    }
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
    return stored;
  }

  @Override
  public Optional<SparseRows> next() {
    return Optional.ofNullable(blocks.poll());
  }

  @Override
  public void close() {
    blocks.clear();
  }
}
