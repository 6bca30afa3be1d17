package org.regularizedvi.formats.anndata.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.SparseRows;

/**
 * Transposes encoding-type "csc_matrix" in memory: the first pass over the file counts the values
 * of each row, the second puts them in place.
 */
final class CscBlocks implements StoredRows {
  private static final long PIECE_VALUES = 1 << 22;
  private static final long BLOCK_VALUES = 1 << 24;

  /** Stands in place of rows whose memory is no longer ours. */
  private static final SparseRows NONE = SparseRows.empty(0, 0);

  private final int rows;
  private final int columns;
  private final long stored;
  private final int[] counts;
  private final int[] firsts;
  private final SparseRows[] blocks;
  private int given;

  CscBlocks(SparseParts parts, CountCheck check) {
    this.rows = parts.minor();
    this.columns = parts.major();
    this.stored = parts.starts()[columns];
    this.counts = countRows(parts);
    List<Block> filling = plan(counts);
    Block[] ofRow = new Block[rows];
    for (Block block : filling) {
      Arrays.fill(ofRow, block.first, block.first + block.rows(), block);
    }
    fill(parts, ofRow, check);
    this.firsts = filling.stream().mapToInt(block -> block.first).toArray();
    this.blocks = new SparseRows[firsts.length];
    Arrays.setAll(
        blocks,
        b -> {
          Block block = filling.get(b);
          return RowCleaner.clean(
              columns, block.indptr, block.indices, block.values, r -> block.first + r, check);
        });
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
    if (given == blocks.length) {
      return Optional.empty();
    }
    SparseRows block = blocks[given];
    blocks[given++] = NONE;
    return Optional.of(block);
  }

  @Override
  public long stored(int row) {
    return counts[row];
  }

  /** Reads rows of blocks that {@link #next} has not given away. */
  @Override
  public SparseRows read(int[] wanted) {
    List<SparseRows> parts = new ArrayList<>();
    parts.add(SparseRows.empty(0, columns));
    int from = 0;
    for (int b = given; b < blocks.length; b++) {
      int first = firsts[b];
      int end = from;
      while (end < wanted.length && wanted[end] < first + blocks[b].rows()) {
        end++;
      }
      parts.add(blocks[b].pick(Arrays.stream(wanted, from, end).map(row -> row - first).toArray()));
      from = end;
    }
    return SparseRows.join(columns, parts);
  }

  @Override
  public void close() {
    Arrays.fill(blocks, NONE);
  }
}
