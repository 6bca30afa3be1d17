package org.regularizedvi.formats.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** What is wrong with the counts of a Zarr store is told in one sentence, as of an .h5ad. */
class BadStoreTest {
  @TempDir private Path folder;
  private Path store;

  @BeforeEach
  void goodStore() {
    store = folder.resolve("sample.zarr");
    NewCells cells =
        NewCells.ofOne(
            CountsInMemory.of(Samples.counts()), Samples.CELLS, Samples.GENES, List.of());
    Formats.write(store, cells, IfExists.REFUSE);
  }

  private void replace(String array, Consumer<ZarrOutput> write) {
    try (ZarrOutput out = ZarrOutput.append(store)) {
      out.delete(array);
      write.accept(out);
    }
  }

  private void rewrite(String file, String part, String by) throws IOException {
    String text = Files.readString(store.resolve(file));
    assertThat(text).contains(part);
    Files.writeString(store.resolve(file), text.replace(part, by));
  }

  private void refused(String sentence) {
    assertThatThrownBy(
            () -> {
              try (CellSource cells = Formats.open(store)) {
                cells.counts("");
              }
            })
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining("sample.zarr")
        .hasMessageMatching("[^\\n]+\\.");
  }

  @Test
  void otherNumbersOfNames() {
    replace("obs/_index", out -> out.texts("obs/_index", new long[] {2}, "cell_a", "cell_b"));
    refused("'X' in ");
  }

  @Test
  void indexOutOfRange() {
    replace("X/indices", out -> out.ints("X/indices", new int[] {0, 3, 0, 4, 2}, Storage.PLAIN));
    refused("is damaged: entry 3 of indices is 4, expected 0 to 3");
    replace("X/indices", out -> out.ints("X/indices", new int[] {0, 3, -1, 1, 2}, Storage.PLAIN));
    refused("is damaged: entry 2 of indices is -1, expected 0 to 3");
  }

  @Test
  void negativeCounts() {
    replace(
        "X/data",
        out -> out.floats("X/data", new long[] {5}, new float[] {1, 2, -3, 4, 5}, Storage.PLAIN));
    refused("has the value -3.0 in cell 'cell_c', gene 'Actb'; expected counts of zero");
  }

  @Test
  void anUnknownCodec() throws IOException {
    rewrite("X/data/.zarray", "\"zstd\"", "\"bz2\"");
    refused("the codec 'bz2', which this program cannot decode");
  }

  @Test
  void aChunkThatIsMissingHoldsTheFillValue() throws IOException {
    rewrite("X/data/.zarray", "\"fill_value\" : 0.0", "\"fill_value\" : 6.0");
    Files.delete(store.resolve("X/data/0"));
    try (CellSource cells = Formats.open(store)) {
      assertThat(cells.counts("").totals(new int[] {0, 1, 2})).containsExactly(12, 0, 18);
    }
  }
}
