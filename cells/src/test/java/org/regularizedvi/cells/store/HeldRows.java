package org.regularizedvi.cells.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;

/** Gives rows that a test holds, as a file would. */
final class HeldRows implements RowBlocks {
  private final SparseRows rows;
  private final Deque<SparseRows> blocks;

  private HeldRows(SparseRows rows, int atOnce) {
    this.rows = rows;
    this.blocks = new ArrayDeque<>();
    for (int from = 0; from < rows.rows(); from += atOnce) {
      blocks.add(rows.slice(from, Math.min(rows.rows(), from + atOnce)));
    }
  }

  static CountReader reader(SparseRows rows, int atOnce) {
    boolean fractional = CountsInMemory.of(rows).fractional();
    return new CountReader(new HeldRows(rows, atOnce), () -> fractional, () -> 3);
  }

  /** {@return rows whose counts are given as columns and values, one row behind another} */
  static SparseRows of(int columns, float[][]... rows) {
    int[] indptr = new int[rows.length + 1];
    int n = Arrays.stream(rows).mapToInt(row -> row[0].length).sum();
    int[] indices = new int[n];
    float[] values = new float[n];
    int at = 0;
    for (int r = 0; r < rows.length; r++) {
      for (int i = 0; i < rows[r][0].length; i++) {
        indices[at] = (int) rows[r][0][i];
        values[at++] = rows[r][1][i];
      }
      indptr[r + 1] = at;
    }
    return new SparseRows(columns, indptr, indices, values);
  }

  /** Writes a store of some modalities, and gives back its place. */
  static Path write(Path folder, SequencedMap<String, SparseRows> modalities) {
    SequencedMap<String, Supplier<CountReader>> readers = new LinkedHashMap<>();
    modalities.forEach((name, rows) -> readers.put(name, () -> reader(rows, 100)));
    Path file = folder.resolve("cells.counts");
    try {
      Files.deleteIfExists(file);
      CountStore.write(file, readers);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  @Override
  public int rows() {
    return rows.rows();
  }

  @Override
  public int columns() {
    return rows.columns();
  }

  @Override
  public long stored() {
    return rows.nonzeros();
  }

  @Override
  public Optional<SparseRows> next() {
    return Optional.ofNullable(blocks.poll());
  }

  @Override
  public void close() {}
}
