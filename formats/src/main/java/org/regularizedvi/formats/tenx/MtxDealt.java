package org.regularizedvi.formats.tenx;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.anndata.encoding.RowCleaner;

/**
 * Gives the counts of a Matrix Market file whose entries are in any order: all are in memory, and
 * each was dealt to its place.
 */
final class MtxDealt implements RowBlocks {
  private static final long BLOCK_VALUES = 1 << 22;
  private static final int BLOCK_ROWS = 1 << 16;

  private final MtxMatrix matrix;
  private final MtxScan scan;
  private final CountCheck check;

  /** Blocks that are filled and were not yet given away. */
  private final Deque<Block> dealt = new ArrayDeque<>();

  /**
   * Reads all entries.
   *
   * @throws org.regularizedvi.input.InputException when the heap cannot hold so many
   */
  MtxDealt(MtxMatrix matrix, MtxScan scan, CountCheck check) {
    this.matrix = matrix;
    this.scan = scan;
    this.check = check;
    CountsInMemory.requireMemory(scan.entries(), matrix.where());
    Block[] ofRow = new Block[rows()];
    for (int planned = 0; planned < rows(); planned = dealt.getLast().end()) {
      Block block = plan(planned);
      Arrays.fill(ofRow, block.first, block.end(), block);
      dealt.add(block);
    }
    try (MtxReader reader = matrix.entries()) {
      while (reader.next()) {
        put(reader, ofRow[matrix.cell(reader)]);
      }
    }
  }

  private void put(MtxReader reader, Block block) {
    int cell = matrix.cell(reader);
    int feature = matrix.feature(reader);
    int at = block.next[cell - block.first]++;
    block.indices[at] = feature;
    block.values[at] = check.accept(reader.value(), cell, feature);
  }

  /** Makes a block, empty. */
  private Block plan(int first) {
    int end = first;
    long values = 0;
    int[] counts = scan.counts();
    while (end < rows()
        && end - first < BLOCK_ROWS
        && (end == first || values + counts[end] <= BLOCK_VALUES)) {
      values += counts[end++];
    }
    return new Block(first, end, counts);
  }

  /** Holds rows being filled; {@code next} is where each row's next value goes. */
  private static final class Block {
    final int first;
    final int[] indptr;
    final int[] next;
    final int[] indices;
    final float[] values;

    Block(int first, int end, int[] counts) {
      this.first = first;
      indptr = new int[end - first + 1];
      for (int r = 0; r < end - first; r++) {
        indptr[r + 1] = indptr[r] + counts[first + r];
      }
      next = indptr.clone();
      indices = new int[indptr[end - first]];
      values = new float[indices.length];
    }

    int end() {
      return first + indptr.length - 1;
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

  @Override
  public long stored() {
    return scan.entries();
  }

  @Override
  public Optional<SparseRows> next() {
    return Optional.ofNullable(dealt.poll()).map(this::clean);
  }

  private SparseRows clean(Block block) {
    return RowCleaner.clean(
        columns(), block.indptr, block.indices, block.values, r -> block.first + r, check);
  }

  @Override
  public void close() {
    dealt.clear();
  }
}
