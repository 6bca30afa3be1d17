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
import org.regularizedvi.input.InputException;

/**
 * Gives the counts of a Matrix Market file in blocks of cells: one block is in memory at a time
 * where the entries are in the order of the cells, else all of them are, and each entry is dealt to
 * its place.
 */
final class MtxBlocks implements RowBlocks {
  private static final long BLOCK_VALUES = 1 << 22;
  private static final int BLOCK_ROWS = 1 << 16;

  private final MtxMatrix matrix;
  private final MtxScan scan;
  private final CountCheck check;
  private final MtxReader reader;

  /** The next row that no block has been made for. */
  private int planned;

  /** Blocks that are filled and were not yet given away; of entries in order always empty. */
  private final Deque<Block> dealt = new ArrayDeque<>();

  MtxBlocks(MtxMatrix matrix, MtxScan scan, CountCheck check) {
    this.matrix = matrix;
    this.scan = scan;
    this.check = check;
    this.reader = matrix.entries();
    if (!scan.inOrder()) {
      try (reader) {
        deal();
      }
    }
  }

  private void deal() {
    CountsInMemory.requireMemory(scan.entries(), matrix.where());
    Block[] ofRow = new Block[rows()];
    while (planned < rows()) {
      Block block = plan();
      Arrays.fill(ofRow, block.first, planned, block);
      dealt.add(block);
    }
    while (reader.next()) {
      put(ofRow[matrix.cell(reader)]);
    }
  }

  private void put(Block block) {
    int cell = matrix.cell(reader);
    int feature = matrix.feature(reader);
    int at = block.next[cell - block.first]++;
    block.indices[at] = feature;
    block.values[at] = check.accept(reader.value(), cell, feature);
  }

  /** Makes the next block, empty. */
  private Block plan() {
    int first = planned;
    long values = 0;
    int[] counts = scan.counts();
    while (planned < rows()
        && planned - first < BLOCK_ROWS
        && (planned == first || values + counts[planned] <= BLOCK_VALUES)) {
      values += counts[planned++];
    }
    return new Block(first, planned, counts);
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
    if (!scan.inOrder()) {
      return Optional.ofNullable(dealt.poll()).map(this::clean);
    }
    if (planned == rows()) {
      return Optional.empty();
    }
    Block block = plan();
    for (int i = 0; i < block.indices.length; i++) {
      if (!reader.next() || matrix.cell(reader) >= planned) {
        throw new InputException("%s changed while it was read.".formatted(matrix.where()));
      }
      put(block);
    }
    return Optional.of(clean(block));
  }

  private SparseRows clean(Block block) {
    return RowCleaner.clean(
        columns(), block.indptr, block.indices, block.values, r -> block.first + r, check);
  }

  @Override
  public void close() {
    dealt.clear();
    reader.close();
  }
}
