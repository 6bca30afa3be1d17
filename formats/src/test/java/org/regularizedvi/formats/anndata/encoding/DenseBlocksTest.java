package org.regularizedvi.formats.anndata.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.BlockRows;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.hierarchy.StoredArray;

/** A matrix whose one chunk is larger than a block may be has the same counts as any other. */
class DenseBlocksTest {
  private static final int ROWS = 53;
  private static final int COLUMNS = 4;

  @TempDir Path folder;

  private static SparseRows read(StoredArray data, BlockRows atOnce, int rowsOfBlock) {
    CountCheck check =
        new CountCheck(
            data.where(),
            "--layer counts",
            () -> "",
            Integer::toString,
            Integer::toString,
            CountChecks.INTEGERS,
            true);
    List<SparseRows> blocks = new ArrayList<>();
    try (DenseBlocks all = new DenseBlocks(data, ROWS, COLUMNS, check, atOnce)) {
      for (Optional<SparseRows> next = all.next(); next.isPresent(); next = all.next()) {
        blocks.add(next.get());
      }
    }
    assertThat(blocks).extracting(SparseRows::rows).startsWith(rowsOfBlock);
    assertThat(blocks).hasSize(Math.ceilDiv(ROWS, rowsOfBlock));
    return SparseRows.join(COLUMNS, blocks);
  }

  @Test
  void aLargeChunkIsReadInParts() {
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 3 == 0 ? 0 : i;
    }
    Path path = folder.resolve("dense.h5");
    try (H5Output out = H5Output.create(path)) {
      out.floats("X", new long[] {ROWS, COLUMNS}, values, Storage.COMPRESSED);
    }
    try (H5File file = H5File.open(path)) {
      assertThat(file.array("X").chunk()).containsExactly(ROWS, COLUMNS);
      SparseRows whole = read(file.array("X"), BlockRows.DEFAULT, ROWS);
      SparseRows parts = read(file.array("X"), new BlockRows(8, 22), 5);
      assertThat(parts).usingRecursiveComparison().isEqualTo(whole);
      assertThat(parts.totals()[1]).isEqualTo(4 + 5 + 7);
    }
  }
}
