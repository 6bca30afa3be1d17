package org.regularizedvi.formats.anndata.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.InputException;

/** Entries in any order become the same rows in memory and on disk, however they are cut. */
class DealtRowsTest {
  private static final int ROWS = 700;
  private static final int COLUMNS = 40;
  private static final int ENTRIES = 20_000;

  @TempDir Path folder;

  /**
   * Random entries, some of them zero and some of the same place; no row of the last 100 has any.
   */
  private static final class Entries implements EntrySource {
    private final int[] rows = new int[ENTRIES];
    private final int[] columns = new int[ENTRIES];
    private final float[] values = new float[ENTRIES];

    /** Added to the row of the last entry when entries are given. */
    private final int moved;

    private boolean closed;

    Entries(int moved) {
      this.moved = moved;
      SplittableRandom random = new SplittableRandom(3);
      for (int i = 0; i < ENTRIES; i++) {
        rows[i] = random.nextInt(ROWS - 100);
        columns[i] = random.nextInt(COLUMNS);
        values[i] = random.nextInt(1 << random.nextInt(5));
      }
    }

    @Override
    public String where() {
      return "entries";
    }

    @Override
    public int rows() {
      return ROWS;
    }

    @Override
    public int columns() {
      return COLUMNS;
    }

    @Override
    public long entries() {
      return ENTRIES;
    }

    @Override
    public int[] counts() {
      int[] counts = new int[ROWS];
      Arrays.stream(rows).forEach(row -> counts[row]++);
      return counts;
    }

    @Override
    public void each(Taker taker) {
      for (int i = 0; i < ENTRIES; i++) {
        int row = i == ENTRIES - 1 ? rows[i] + moved : rows[i];
        taker.put(row, columns[i], values[i]);
      }
    }

    @Override
    public void close() {
      assertThat(closed).as("closed before").isFalse();
      closed = true;
    }

    /** Adds the entries up in a matrix of all rows and columns. */
    float[][] dense() {
      float[][] dense = new float[ROWS][COLUMNS];
      for (int i = 0; i < ENTRIES; i++) {
        dense[rows[i]][columns[i]] += values[i];
      }
      return dense;
    }
  }

  private static CountCheck check() {
    return new CountCheck(
        "entries", "", () -> "", r -> "c" + r, c -> "g" + c, CountChecks.INTEGERS, true);
  }

  private DealtRows rows(boolean onDisk, int entriesOfRange) {
    return new DealtRows(
        new Entries(0), check(), onDisk ? Optional.of(folder) : Optional.empty(), entriesOfRange);
  }

  private static SparseRows all(RowBlocks blocks) {
    List<SparseRows> parts = new ArrayList<>();
    for (var block = blocks.next(); block.isPresent(); block = blocks.next()) {
      parts.add(block.get());
    }
    return SparseRows.join(COLUMNS, parts);
  }

  private static void requireDense(SparseRows found, float[][] expected) {
    assertThat(found.rows()).isEqualTo(expected.length);
    for (int r = 0; r < expected.length; r++) {
      float[] row = new float[COLUMNS];
      for (int i = found.indptr()[r]; i < found.indptr()[r + 1]; i++) {
        assertThat(found.values()[i]).isNotZero();
        assertThat(i == found.indptr()[r] || found.indices()[i - 1] < found.indices()[i]).isTrue();
        row[found.indices()[i]] = found.values()[i];
      }
      assertThat(row).isEqualTo(expected[r]);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 90, 5_000, 1 << 20})
  void fromTheFirstToTheLast(int entriesOfRange) {
    for (boolean onDisk : new boolean[] {false, true}) {
      try (DealtRows rows = rows(onDisk, entriesOfRange)) {
        assertThat(rows.stored()).isEqualTo(ENTRIES);
        requireDense(all(rows), new Entries(0).dense());
        assertThat(rows.next()).isEmpty();
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 90, 5_000, 1 << 20})
  void inAnotherOrder(int entriesOfRange) {
    SplittableRandom random = new SplittableRandom(8);
    int[] order = random.ints(2_000, -1, ROWS).toArray();
    float[][] dense = new Entries(0).dense();
    float[][] expected = new float[order.length][COLUMNS];
    for (int i = 0; i < order.length; i++) {
      expected[i] = order[i] < 0 ? new float[COLUMNS] : dense[order[i]];
    }
    for (boolean onDisk : new boolean[] {false, true}) {
      try (RowBlocks placed = new PlacedRows(rows(onDisk, entriesOfRange), order)) {
        requireDense(all(placed), expected);
      }
      try (DealtRows rows = rows(onDisk, entriesOfRange)) {
        int[] some = {0, 5, 6, 7, 300, 301, ROWS - 1};
        requireDense(
            rows.read(some), Arrays.stream(some).mapToObj(r -> dense[r]).toArray(float[][]::new));
        requireDense(
            rows.read(some), Arrays.stream(some).mapToObj(r -> dense[r]).toArray(float[][]::new));
        requireDense(all(rows), dense);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFileThatChangesBetweenThePassesIsRefused() {
    for (Optional<Path> place : List.of(Optional.<Path>empty(), Optional.of(folder))) {
      try (DealtRows rows = new DealtRows(new Entries(1), check(), place, 90)) {
        assertThatThrownBy(rows::next)
            .isInstanceOf(InputException.class)
            .hasMessage("entries changed while it was read.");
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aListenerIsToldOfTheEntriesBeforeTheRows() {
    List<String> told = new ArrayList<>();
    DealtRows rows = new DealtRows(new Entries(0), check(), Optional.of(folder), ENTRIES);
    try (CountReader reader =
        new CountReader(rows, check(), true)
            .columns(new int[] {0, 3})
            .watched("rna", (what, done, all) -> told.add(what + " " + done + " of " + all))) {
      reader.next(1);
    }
    assertThat(told)
        .containsExactly(
            "rna: count put in order %d of %d".formatted(ENTRIES, ENTRIES),
            "rna: cell %d of %d".formatted(ROWS, ROWS));
  }

  @Test
  void aFolderThatIsMissingIsMade() {
    Path within = folder.resolve("new").resolve("deeper");
    try (DealtRows rows = new DealtRows(new Entries(0), check(), Optional.of(within), 90)) {
      requireDense(all(rows), new Entries(0).dense());
    }
    assertThat(within).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeIsNamed() throws IOException {
    Path within = Files.writeString(folder.resolve("file"), "").resolve("folder");
    try (DealtRows rows = new DealtRows(new Entries(0), check(), Optional.of(within), 90)) {
      assertThatThrownBy(rows::next)
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("Cannot keep results in a temporary file in " + within);
    }
  }
}
