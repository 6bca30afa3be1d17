package org.regularizedvi.cells.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.PassListener;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.input.InputException;

class CountStoreTest {
  private static final SparseRows ROWS = AnyStoreTest.counts(2000, 300, 0.1, true, 7);
  private static final int[] FEW = {100, 1900, 1999};

  @TempDir Path folder;

  private CountStore store() {
    return CountStore.temporary(folder, "", HeldRows.reader(ROWS, 333));
  }

  @Test
  void manyThreadsReadAtTheSameTime() {
    try (CountStore store = store()) {
      IntStream.range(0, 64)
          .parallel()
          .forEach(
              from -> {
                int[] rows =
                    IntStream.range(0, 300).map(i -> (from * 31 + i * 17) % 2000).toArray();
                AnyStoreTest.requireEqual(store.counts("").gather(rows), ROWS.pick(rows));
              });
    }
  }

  /** An interrupted thread that uses a channel closes it for all others. */
  @Test
  void whoIsInterruptedReadsOnAndIsInterruptedStill() {
    try (CountStore store = store()) {
      Thread.currentThread().interrupt();
      AnyStoreTest.requireEqual(store.counts("").slice(0, 2000), ROWS);
      assertThat(Thread.interrupted()).isTrue();
      AnyStoreTest.requireEqual(store.counts("").slice(0, 2000), ROWS);
    }
  }

  @Test
  void aTemporaryStoreLeavesNothing() throws IOException {
    try (CountStore store = store()) {
      // Nothing but the hidden folder and its lock, even while it is open.
      assertThat(store.size()).isGreaterThan(ROWS.nonzeros());
      try (Stream<Path> files = Files.walk(folder).filter(Files::isRegularFile)) {
        assertThat(files.map(file -> file.getFileName().toString())).containsExactly("lock");
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aListenerIsToldOfEveryRowThatIsRead() throws IOException {
    List<String> told = new ArrayList<>();
    PassListener listener = (what, done, all) -> told.add("%s %d of %d".formatted(what, done, all));
    SequencedMap<String, Supplier<CountReader>> readers = new LinkedHashMap<>();
    readers.put("rna", () -> HeldRows.reader(ROWS, 900).watched("rna", listener));
    readers.put("atac", () -> HeldRows.reader(ROWS, 900).watched("atac", listener).some(FEW));
    CountStore.write(folder.resolve("cells.counts"), readers);
    assertThat(told)
        .containsExactly(
            "rna: cell 900 of 2000",
            "rna: cell 1800 of 2000",
            "rna: cell 2000 of 2000",
            "atac: cell 1 of 3",
            "atac: cell 1 of 3",
            "atac: cell 3 of 3");
  }

  @Test
  void aFileThatIsThereIsNotReplaced() throws IOException {
    Path file = Files.writeString(folder.resolve("cells.counts"), "of somebody");
    assertThatThrownBy(() -> CountStore.write(file, new LinkedHashMap<>()))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("of somebody");
  }

  @Test
  void noCellsAreAStoreToo() {
    SparseRows none = ROWS.slice(0, 0);
    SequencedMap<String, SparseRows> modalities = new LinkedHashMap<>();
    modalities.put("rna", none);
    modalities.put("atac", ROWS);
    try (CountStore store = CountStore.open(HeldRows.write(folder, modalities))) {
      assertThat(store.counts("rna").rows()).isZero();
      assertThat(store.counts("rna").blocks()).isEmpty();
      assertThat(store.counts("rna").gather(new int[0]).rows()).isZero();
      AnyStoreTest.requireEqual(store.counts("atac").slice(0, 2000), ROWS);
      assertThatThrownBy(() -> store.counts("protein"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store.counts("atac").gather(new int[] {2000}))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void aMissingStoreIsAMistake() {
    assertThatThrownBy(() -> CountStore.open(folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none");
  }

  /** The file has holes in place of rows that nobody asks for. */
  @Test
  void placesAndNumbersGoBeyondTwoToTheThirtyOne() throws IOException {
    int large = 1_200_000_000;
    Path path = folder.resolve("large");
    SparseRows last = HeldRows.of(large, new float[][] {{2, 90}, {7, 1}});
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      StoreFile file = new StoreFile(channel, "large");
      StoreFormat.writeHead(file);
      RowIndex index = RowIndex.ofRows(5, StoreFormat.HEAD);
      for (int row = 0; row < 4; row++) {
        index.put(row, large + 1, large, 0);
      }
      var packed = new RowEncoder().pack(last, 0);
      var sum = new CRC32C();
      sum.update(packed.duplicate());
      index.put(4, packed.remaining(), 2, (int) sum.getValue());
      file.write(packed, index.places()[4]);
      CountFacts facts = new CountFacts(4L * large + 2, false, 0, "not asked for");
      StoredModality modality = new StoredModality("", 5, large, facts, index.write(file));
      StoreFormat.writeTable(file, List.of(modality), StoreFormat.HEAD + modality.bytes());
    }
    try (CountStore store = CountStore.open(path)) {
      Counts counts = store.counts("");
      assertThat(store.size()).isGreaterThan(4L * large);
      assertThat(counts.nonzeros()).isEqualTo(4L * large + 2);
      assertThat(counts.inOrder(new int[] {1, 4, 3}).nonzeros()).isEqualTo(2L * large + 2);
      AnyStoreTest.requireEqual(counts.gather(new int[] {4}), last);
      assertThatThrownBy(() -> counts.gather(new int[] {0, 1}))
          .isInstanceOf(ArithmeticException.class);
    }
  }
}
