package org.regularizedvi.cells;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** Whatever the counts are, they are the same after a file, in memory and streamed. */
class AnyCountsTest {
  private static SparseRows counts(int rows, int columns, double density, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] indptr = new int[rows + 1];
    int[] indices = new int[rows * columns];
    float[] values = new float[rows * columns];
    int entries = 0;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        if (random.nextDouble() < density) {
          indices[entries] = c;
          values[entries++] = 1 + random.nextInt(1 << random.nextInt(24));
        }
      }
      indptr[r + 1] = entries;
    }
    return new SparseRows(
        columns, indptr, Arrays.copyOf(indices, entries), Arrays.copyOf(values, entries));
  }

  @Property(tries = 40)
  void comeBackFromAFile(
      @ForAll @IntRange(min = 1, max = 60) int rows,
      @ForAll @IntRange(min = 1, max = 60) int columns,
      @ForAll @DoubleRange(min = 0.02, max = 1) double density,
      @ForAll @IntRange(min = 1, max = 70) int atOnce,
      @ForAll long seed)
      throws IOException {
    SparseRows counts = counts(rows, columns, density, seed);
    if (counts.nonzeros() == 0) {
      return;
    }
    Path folder = Files.createTempDirectory("counts");
    Path file = folder.resolve("any.h5ad");
    List<String> cells = Samples.names("cell", rows);
    Formats.write(
        file,
        NewCells.ofOne(CountsInMemory.of(counts), cells, Samples.names("gene", columns), List.of()),
        IfExists.REFUSE);
    String digest = CountsInMemory.of(counts).digest();
    try (AnnDataFile read = AnnDataFile.open(file);
        CountReader reader = read.counts(CountSource.x(), CountChecks.INTEGERS).reader()) {
      assertThat(read.counts(CountSource.x(), CountChecks.INTEGERS).inMemory().digest())
          .isEqualTo(digest);
      CountDigest streamed = new CountDigest(rows, columns);
      for (var some = reader.next(atOnce); some.isPresent(); some = reader.next(atOnce)) {
        streamed.add(some.get());
      }
      assertThat(streamed.hex()).isEqualTo(digest);
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }
}
