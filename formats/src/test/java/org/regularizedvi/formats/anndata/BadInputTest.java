package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** Every mistake in an input is told with what was expected, what was found, and where. */
class BadInputTest {
  @TempDir Path folder;

  private static AbstractThrowableAssert<?, ? extends Throwable> opening(Path file) {
    return assertThatThrownBy(() -> AnnDataFile.open(file)).isInstanceOf(InputException.class);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> counting(Path file) {
    return counting(file, CountSource.x(), CountChecks.INTEGERS);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> counting(
      Path file, CountSource source, CountChecks checks) {
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      return assertThatThrownBy(() -> opened.counts(source, checks).inMemory())
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void missingFile() {
    opening(folder.resolve("no.h5ad"))
        .hasMessageContaining("no file")
        .hasMessageContaining("no.h5ad");
  }

  @Test
  void folderForAFile() {
    opening(folder).hasMessageContaining("is a folder").hasMessageContaining(folder.toString());
  }

  @Test
  void otherFormat() throws IOException {
    Path text = Files.writeString(folder.resolve("cells.h5ad"), "gene,cell\n1,2\n");
    opening(text).hasMessageContaining("not an HDF5 file").hasMessageContaining("cells.h5ad");
    Path empty = Files.createFile(folder.resolve("empty.h5ad"));
    opening(empty).hasMessageContaining("(0 bytes) is not an HDF5 file");
  }

  @Test
  void truncatedFile() throws IOException {
    Path file = Samples.write(folder);
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() / 2);
    }
    opening(file).hasMessageContaining("is truncated").hasMessageContaining("sample.h5ad");
  }

  @Test
  void everyTruncationIsSeen() throws IOException {
    Path file = Samples.write(folder);
    byte[] whole = Files.readAllBytes(file);
    for (int twentieth = 1; twentieth < 20; twentieth++) {
      Path cut = folder.resolve("cut.h5ad");
      Files.write(cut, Arrays.copyOf(whole, whole.length * twentieth / 20));
      opening(cut).hasMessageContaining("cut.h5ad");
    }
  }

  @Test
  void missingTables() {
    Path noObs = Samples.damaged(folder, out -> out.delete("obs"));
    opening(noObs).hasMessageContaining("not an AnnData file").hasMessageContaining("'obs'");
    try (H5Output out = H5Output.append(noObs)) {
      out.group("obs");
    }
    opening(noObs).hasMessageContaining("'obs'").hasMessageContaining("_index");
  }

  @Test
  void missingVar() {
    opening(Samples.damaged(folder, out -> out.delete("var"))).hasMessageContaining("has no 'var'");
  }

  @Test
  void negativeValue() {
    Path file = Samples.write(folder, 1, 2, 3, -4, 5);
    counting(file)
        .hasMessageContaining("-4.0")
        .hasMessageContaining("'cell_c'")
        .hasMessageContaining("'Gapdh'");
    counting(file, CountSource.x(), CountChecks.ALLOW_NON_INTEGER).hasMessageContaining("-4.0");
  }

  @Test
  void fraction() {
    Path file = Samples.write(folder, 1, 2.5f, 3, 4, 5);
    counting(file)
        .hasMessageContaining("2.5")
        .hasMessageContaining("'cell_a'")
        .hasMessageContaining("'Cd19'")
        .hasMessageContaining("normalised")
        .hasMessageContaining("--layer counts")
        .hasMessageContaining("--allow-non-integer");
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      Counts counts = opened.counts(CountSource.x(), CountChecks.ALLOW_NON_INTEGER).inMemory();
      assertThat(counts.fractional()).isTrue();
      assertThat(counts.totals(new int[] {0, 1, 2})).containsExactly(3.5, 0, 12);
    }
  }

  @Test
  void fractionThatFloat32WouldHide() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.delete("X/data");
              double[] values = {
                1, 2, 3, 4, 8_388_609.25
              }; // beyond 2^23 float32 has whole numbers alone
              out.doubles("X/data", new long[] {5}, values, Storage.PLAIN);
            });
    counting(file).hasMessageContaining("8388609.25").hasMessageContaining("'Cd3e'");
  }

  @Test
  void notANumber() {
    counting(Samples.write(folder, Float.NaN, 2, 3, 4, 5))
        .hasMessageContaining("nan")
        .hasMessageContaining("'cell_a'")
        .hasMessageContaining("'Actb'");
  }

  @Test
  void infinite() {
    Path file = Samples.write(folder, 1, 2, 3, 4, Float.POSITIVE_INFINITY);
    counting(file, CountSource.x(), CountChecks.ALLOW_NON_INTEGER)
        .hasMessageContaining("inf")
        .hasMessageContaining("'cell_c'")
        .hasMessageContaining("'Cd3e'");
  }

  @Test
  void beyondFloat32() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.delete("X/data");
              long[] values = {1, 2, 3, (1 << 24) + 1, 5};
              out.longs("X/data", new long[] {5}, values, Storage.PLAIN);
            });
    counting(file).hasMessageContaining("16777217").hasMessageContaining("2^24");
  }

  @Test
  void noCounts() {
    Path file = Samples.write(folder, 0, 0, 0, 0, 0);
    counting(file).hasMessageContaining("no counts at all");
    try (AnnDataFile opened = AnnDataFile.open(file);
        CountReader reader = opened.counts(CountSource.x(), CountChecks.INTEGERS).reader()) {
      assertThat(reader.next(3)).isPresent();
      assertThatThrownBy(() -> reader.next(3))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no counts at all");
    }
  }

  @Test
  void unknownColumnOffersTheNearest() {
    Path file = folder.resolve("columns.h5ad");
    List<Addition> columns =
        List.of(
            new Addition.ObsColumn("batch", new Column.Text(new String[] {"x", "y", "z"})),
            new Addition.ObsColumn("donor", new Column.Text(new String[] {"x", "y", "z"})));
    new AnnDataWriter()
        .write(
            file,
            NewCells.ofOne(
                CountsInMemory.of(Samples.counts()), Samples.CELLS, Samples.GENES, columns),
            IfExists.REFUSE);
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      assertThat(opened.hasObs("batch")).isTrue();
      assertThat(opened.hasObs("Batch")).isFalse();
      assertThatThrownBy(() -> opened.obs("Batches"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'Batches'")
          .hasMessageContaining("nearest are 'batch'")
          .hasMessageContaining("[batch, donor]");
    }
  }

  @Test
  void unknownLayer() {
    Path file = Samples.damaged(folder, out -> out.group("layers/counts"));
    counting(file, CountSource.layer("count"), CountChecks.INTEGERS)
        .hasMessageContaining("no layer 'count'")
        .hasMessageContaining("'counts'");
    counting(file, CountSource.layer("counts"), CountChecks.INTEGERS)
        .hasMessageContaining("layers/counts")
        .hasMessageContaining("expected csr_matrix");
  }

  @Test
  void duplicateGeneNames() {
    Path file = folder.resolve("twice.h5ad");
    new AnnDataWriter()
        .write(
            file,
            NewCells.ofOne(
                CountsInMemory.of(Samples.counts()),
                Samples.CELLS,
                List.of("Actb", "Cd3e", "Cd19", "Cd3e"),
                List.of()),
            IfExists.REFUSE);
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      assertThatThrownBy(opened::requireUniqueVarNames)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'Cd3e'")
          .hasMessageContaining("genes 1 and 3");
    }
  }

  @Test
  void missingPartOfAMatrix() {
    counting(Samples.damaged(folder, out -> out.delete("X/data")))
        .hasMessageContaining("There is no 'X/data'");
  }

  @Test
  void indexOutOfRange() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.delete("X/indices");
              out.ints("X/indices", new int[] {0, 3, 0, 4, 2}, Storage.PLAIN);
            });
    counting(file).hasMessageContaining("entry 3 of indices is 4, expected 0 to 3");
  }

  @Test
  void wrongNumberOfRowStarts() {
    Path file = startsReplaced(0, 2, 5);
    counting(file).hasMessageContaining("indptr has 3 entries, expected 4");
  }

  @Test
  void fallingRowStarts() {
    counting(startsReplaced(0, 3, 2, 5))
        .hasMessageContaining("indptr falls from 3 to 2 at entry 2");
  }

  @Test
  void rowStartsBeyondTheData() {
    counting(startsReplaced(0, 2, 2, 1L << 40))
        .hasMessageContaining("indptr ends with " + (1L << 40))
        .hasMessageContaining("has 5 entries");
  }

  private Path startsReplaced(long... starts) {
    return Samples.damaged(
        folder,
        out -> {
          out.delete("X/indptr");
          out.longs("X/indptr", new long[] {starts.length}, starts, Storage.PLAIN);
        });
  }

  @Test
  void denseWithOneAxis() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.delete("X");
              out.floats("X", new long[] {3}, new float[] {1, 2, 3}, Storage.PLAIN);
            });
    counting(file).hasMessageContaining("3 cells x 4 genes").hasMessageContaining("shape [3]");
  }

  @Test
  void matrixOfText() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.delete("X/data");
              out.texts("X/data", new long[] {5}, "1", "2", "3", "4", "5");
            });
    counting(file).hasMessageContaining("numbers as data").hasMessageContaining("string");
  }

  @Test
  void codeWithoutCategory() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.group("obs/type");
              out.attribute("obs/type", "encoding-type", "categorical");
              out.texts("obs/type/categories", new long[] {1}, "T");
              out.bytes("obs/type/codes", new byte[] {0, -1, 1}, Storage.PLAIN);
              out.attribute("obs", "column-order", List.of("type"));
            });
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      assertThatThrownBy(() -> opened.obs("type"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("code 1 in row 2")
          .hasMessageContaining("-1 (missing) to 0");
    }
  }

  @Test
  void columnOfOtherLength() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.doubles("obs/age", new long[] {2}, new double[] {1, 2}, Storage.PLAIN);
              out.attribute("obs", "column-order", List.of("age"));
            });
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      assertThatThrownBy(() -> opened.obs("age"))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'obs/age'")
          .hasMessageContaining("2 entries")
          .hasMessageContaining("3 rows");
    }
  }

  @Test
  void mudataFile() {
    Path file =
        Samples.damaged(
            folder,
            out -> {
              out.group("mod");
              out.delete("X");
            });
    opening(file).hasMessageContaining("MuData");
  }
}
