package org.regularizedvi.formats.tenx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.Formats;

/** Entries may be in the order of the cells or not; the counts are the same. */
final class MtxOrderTest {
  /** More cells than a block has, most of them without a count. */
  private static final int CELLS = 150_000;

  /** More entries than a block has, all of one cell and gene, whose values are added up. */
  private static final int REPEATED = (1 << 20) + 1000;

  @TempDir private Path folder;

  @BeforeEach
  void names() throws IOException {
    Files.writeString(folder.resolve("genes.tsv"), "A\nB\nC\n");
    Files.write(
        folder.resolve("barcodes.tsv"), IntStream.range(0, CELLS).mapToObj(i -> "c" + i).toList());
  }

  private void write(List<String> entries) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(folder.resolve("matrix.mtx.gz"))),
                StandardCharsets.US_ASCII))) {
      out.write("%%MatrixMarket matrix coordinate integer general\n");
      out.write("3 %d %d\n".formatted(CELLS, REPEATED + entries.size() - 1));
      for (String entry : entries) {
        out.write((entry + "\n").repeat(entry.equals("2 1 1") ? REPEATED : 1));
      }
    }
  }

  private void holdsTheCounts() {
    try (CellSource cells = Formats.open(folder)) {
      Counts counts = cells.counts("");
      assertThat(counts.rows()).isEqualTo(CELLS);
      assertThat(counts.nonzeros()).isEqualTo(5);
      SparseRows found = counts.gather(new int[] {0, 1, 70_000, 70_001, 140_000, CELLS - 1});
      assertThat(found.indptr()).containsExactly(0, 2, 2, 3, 4, 5, 5);
      assertThat(found.indices()).containsExactly(0, 1, 2, 0, 1);
      assertThat(found.values()).containsExactly(3, REPEATED, 4, 5, 6);
      try (CountReader reader = cells.countReader("")) {
        assertThat(CountsInMemory.read(reader, "streamed").digest()).isEqualTo(counts.digest());
      }
    }
  }

  @Test
  void inOrderAndNot() throws IOException {
    List<String> entries =
        List.of("2 1 1", "1 1 3", "3 70001 4", "1 70002 5", "1 140001 0", "2 140001 6");
    write(entries);
    holdsTheCounts();
    write(entries.reversed());
    holdsTheCounts();
    List<String> late = new ArrayList<>(entries);
    Collections.swap(late, 1, 5);
    write(late);
    holdsTheCounts();
  }
}
