package org.regularizedvi.formats.anndata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountDigest;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.input.InputException;

/**
 * New files hold what was given, in the eyes of our reader, of anndata and of a third HDF5 reader.
 */
class WriterTest {
  @TempDir Path folder;

  private static final List<Addition> ADDITIONS =
      List.of(
          new Addition.ObsColumn(
              "type", new Column.Categorical(new int[] {1, -1, 0}, List.of("T", "Bé"), true)),
          new Addition.ObsColumn("name", new Column.Text(new String[] {"x", null, ""})),
          new Addition.ObsColumn(
              "age", new Column.Numbers(new double[] {1.5, Double.NaN, -2}, false)),
          new Addition.ObsColumn(
              "dead", new Column.Flags(new boolean[] {true, false, true}, new boolean[3])),
          new Addition.Obsm("X_pca", new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 6})),
          new Addition.Varm("PCs", new FloatMatrix(4, 1, new float[] {1, 2, 3, 4})),
          new Addition.Uns("seed", new Tree.Whole(7)));

  private Path write() {
    Path file = folder.resolve("new.h5ad");
    new AnnDataWriter()
        .write(
            file,
            NewCells.ofOne(
                CountsInMemory.of(Samples.counts()), Samples.CELLS, Samples.GENES, ADDITIONS),
            IfExists.REFUSE);
    return file;
  }

  private static void assertSame(Path file) {
    try (AnnDataFile read = AnnDataFile.open(file)) {
      assertThat(read.obsNames()).isEqualTo(Samples.CELLS);
      assertThat(read.varNames()).isEqualTo(Samples.GENES);
      assertThat(read.obsColumns()).containsExactly("type", "name", "age", "dead");
      assertThat(read.counts(CountSource.x(), CountChecks.INTEGERS).inMemory().digest())
          .isEqualTo(CountsInMemory.of(Samples.counts()).digest());
    }
    WrittenCheck.requireWritten(file, ADDITIONS);
  }

  @Test
  void ourReaderFindsEverything() {
    assertSame(write());
  }

  @Test
  void anndataFindsEverything() {
    Path again = folder.resolve("again.h5ad");
    String seen = PythonEnvironment.run("rewrite.py", write(), again);
    assertThat(seen).contains("(3, 4) csr_matrix float32");
    assertSame(again);
  }

  @Test
  void anotherReaderOfHdf5FindsTheSameNumbers() {
    try (HdfFile file = new HdfFile(write())) {
      assertThat(file.getDatasetByPath("X/data").getData()).isEqualTo(new float[] {1, 2, 3, 4, 5});
      assertThat(file.getDatasetByPath("X/indices").getData()).isEqualTo(new int[] {0, 3, 0, 1, 2});
      assertThat(file.getDatasetByPath("obsm/X_pca").getData())
          .isEqualTo(new float[][] {{1, 2}, {3, 4}, {5, 6}});
      assertThat(file.getDatasetByPath("obs/_index").getData())
          .isEqualTo(new String[] {"cell_a", "cell_b", "cell_c"});
      assertThat(file.getDatasetByPath("obs/type/codes").getData())
          .isEqualTo(new byte[] {1, -1, 0});
      assertThat(file.getAttribute("encoding-type").getData()).isEqualTo("anndata");
    }
  }

  @Test
  void manyBlocksAndChunksMakeTheSameMatrix() {
    int rows = 3000;
    Random random = new Random(1);
    int[] indptr = new int[rows + 1];
    int[] indices = new int[rows * 50];
    float[] values = new float[rows * 50];
    for (int r = 0; r < rows; r++) {
      indptr[r + 1] = indptr[r] + 50;
      for (int i = 0; i < 50; i++) {
        indices[r * 50 + i] = i * 4 + random.nextInt(4);
        values[r * 50 + i] = 1 + random.nextInt(300);
      }
    }
    SparseRows whole = new SparseRows(200, indptr, indices, values);
    Counts blocks =
        new CountsInMemory(
            200, List.of(whole.slice(0, 7), whole.slice(7, 7), whole.slice(7, rows)), false, 0);
    Path file = folder.resolve("large.h5ad");
    new AnnDataWriter()
        .write(
            file,
            NewCells.ofOne(blocks, Samples.names("c", rows), Samples.names("g", 200), List.of()),
            IfExists.REFUSE);
    try (AnnDataFile read = AnnDataFile.open(file);
        CountReader reader = read.counts(CountSource.x(), CountChecks.INTEGERS).reader()) {
      CountDigest digest = new CountDigest(rows, 200);
      for (var part = reader.next(997); part.isPresent(); part = reader.next(997)) {
        digest.add(part.get());
      }
      assertThat(digest.hex()).isEqualTo(CountsInMemory.of(whole).digest());
    }
  }

  @Test
  void existingFilesAndWrongNumbersOfNamesAreRefused() {
    Path file = write();
    assertThatThrownBy(this::write)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it exists");
    assertThatThrownBy(
            () ->
                new AnnDataWriter()
                    .write(
                        file,
                        NewCells.ofOne(
                            CountsInMemory.of(Samples.counts()),
                            List.of("a"),
                            Samples.GENES,
                            List.of()),
                        IfExists.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 and 4 names for a matrix of 3 x 4");
  }
}
