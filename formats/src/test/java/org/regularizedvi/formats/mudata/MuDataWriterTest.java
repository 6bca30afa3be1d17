package org.regularizedvi.formats.mudata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.PythonEnvironment;
import org.regularizedvi.formats.Samples;
import org.regularizedvi.formats.anndata.WrittenCheck;
import org.regularizedvi.input.InputException;

/** A new .h5mu holds what was given, in the eyes of mudata and of our reader. */
class MuDataWriterTest {
  private static final List<String> ATAC_CELLS = List.of("cell_c", "cell_x");
  private static final List<String> PEAKS = List.of("chr1:1-2", "chr1:3-4", "chr2:é");
  private static final SparseRows PEAK_COUNTS =
      new SparseRows(3, new int[] {0, 1, 3}, new int[] {2, 0, 1}, new float[] {7, 8, 9});
  private static final List<String> CELLS = List.of("cell_a", "cell_b", "cell_c", "cell_x");

  @TempDir Path folder;

  private static NewModality rna() {
    return new NewModality(
        "rna",
        CountsInMemory.of(Samples.counts()),
        Samples.CELLS,
        Samples.GENES,
        List.of(
            new Addition.ObsColumn(
                "sample", new Column.Categorical(new int[] {1, -1, 0}, List.of("s", "t"), false)),
            new Addition.VarColumn("length", new Column.Numbers(new double[] {5, 6, 7, 8}, true)),
            new Addition.Obsm("X_true", new FloatMatrix(3, 2, new float[] {1, 2, 3, 4, 5, 6})),
            new Addition.Uns("note", new Tree.Text("ü"))));
  }

  private static NewModality atac() {
    return new NewModality(
        "atac",
        CountsInMemory.of(PEAK_COUNTS),
        ATAC_CELLS,
        PEAKS,
        List.of(
            new Addition.Varm("loadings", new FloatMatrix(3, 1, new float[] {1, 2, 3})),
            new Addition.ObsColumn("sample", new Column.Text(new String[] {"s", "t"}))));
  }

  private static final List<Addition> SHARED =
      List.of(
          new Addition.ObsColumn(
              "type", new Column.Flags(new boolean[4], new boolean[] {true, false, false, false})),
          new Addition.ObsColumn("t", new Column.Numbers(new double[] {1, 2, 3, 4.5}, false)),
          new Addition.Obsm("X_joint", new FloatMatrix(4, 1, new float[] {1, 2, 3, 4})),
          new Addition.Uns("seed", new Tree.Text("7")));

  private Path write() {
    Path file = folder.resolve("new.h5mu");
    new MuDataWriter().write(file, new NewCells(List.of(rna(), atac()), SHARED), IfExists.REFUSE);
    return file;
  }

  private static void assertSame(Path file) {
    try (MuDataFile read = MuDataFile.open(file)) {
      assertThat(read.modalities()).containsExactly("rna", "atac");
      assertThat(read.obsNames())
          .isEqualTo(NewCells.cells(List.of(rna(), atac())).names())
          .isEqualTo(CELLS);
      assertThat(read.cells().rowsOf().get("atac")).containsExactly(-1, -1, 0, 1);
      assertThat(read.counts("rna", CountSource.x(), CountChecks.INTEGERS).digest())
          .isEqualTo(CountsInMemory.of(Samples.counts().pick(new int[] {0, 1, 2, -1})).digest());
      assertThat(
              read.modality("atac")
                  .counts(CountSource.x(), CountChecks.INTEGERS)
                  .inMemory()
                  .digest())
          .isEqualTo(CountsInMemory.of(PEAK_COUNTS).digest());
      assertThat(read.modality("rna").varNames()).isEqualTo(Samples.GENES);
      assertThat(((Column.Text) read.obs("sample")).values()).containsExactly("t", null, "s", "t");
      WrittenCheck.requireWritten(read.shared(), SHARED);
    }
  }

  @Test
  void ourReaderFindsEverything() {
    assertSame(write());
    assertThat(folder.toFile().list()).containsExactly("new.h5mu");
  }

  @Test
  void mudataFindsEverythingWithoutAWarningAndWritesItAgain() throws Exception {
    Path file = write();
    assertThat(new String(Files.readAllBytes(file), 0, 6, java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("MuData");
    TableAdditions additions =
        TableAdditions.shared(SHARED)
            .with("rna", rna().additions())
            .with("atac", atac().additions());
    Path told =
        new MuDataTelling()
            .additions(additions)
            .names("obs", CELLS)
            .names("mod/rna/var", Samples.GENES)
            .names("mod/atac/obs", ATAC_CELLS)
            .names(
                "var", List.of("Actb", "Gapdh", "Cd3e", "Cd19", "chr1:1-2", "chr1:3-4", "chr2:é"))
            .map("obsm/rna", List.of(true, true, true, false))
            .map("obsm/atac", List.of(false, false, true, true))
            .map("varm/atac", List.of(false, false, false, false, true, true, true))
            .map("obsmap/rna", List.of(1, 2, 3, 0))
            .map("obsmap/atac", List.of(0, 0, 1, 2))
            .map("varmap/rna", List.of(1, 2, 3, 4, 0, 0, 0))
            .map("varmap/atac", List.of(0, 0, 0, 0, 1, 2, 3))
            .matrix("mod/rna/X", new float[][] {{1, 0, 0, 2}, {0, 0, 0, 0}, {3, 4, 5, 0}})
            .matrix("mod/atac/X", new float[][] {{0, 0, 7}, {8, 9, 0}})
            .write(folder.resolve("told.json"), List.of("rna", "atac"));
    assertThat(PythonEnvironment.run("check_mudata.py", file, told)).isEqualTo("kept 0");
    Path again = folder.resolve("new.h5mu.again");
    try (MuDataFile rewritten = MuDataFile.open(again)) {
      assertThat(rewritten.obsNames()).isEqualTo(CELLS);
      assertThat(rewritten.counts("atac", CountSource.x(), CountChecks.INTEGERS).digest())
          .isEqualTo(CountsInMemory.of(PEAK_COUNTS.pick(new int[] {-1, -1, 0, 1})).digest());
    }
  }

  @Test
  void anAdditionToANewFileIsReadBackByMudata() throws Exception {
    Path file = write();
    Path copy = folder.resolve("copy.h5mu");
    TableAdditions more =
        TableAdditions.shared(List.of(SHARED.get(2)))
            .with("atac", List.of(new Addition.Obsm("X_rv", new FloatMatrix(2, 1, new float[2]))));
    MuDataCopy.write(file, copy, more, IfExists.REFUSE);
    Path told =
        new MuDataTelling()
            .additions(more)
            .write(folder.resolve("told.json"), List.of("rna", "atac"));
    assertThat(PythonEnvironment.run("check_mudata.py", copy, told, file)).startsWith("kept ");
    assertThat(Files.size(copy)).isLessThan(Files.size(file) + 20_000);
  }

  @Test
  void existingFilesAndWhatDoesNotFitAreRefused() {
    Path file = write();
    assertThatThrownBy(this::write)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("it exists");
    assertThatThrownBy(
            () ->
                new MuDataWriter()
                    .write(file, new NewCells(List.of(rna(), rna()), List.of()), IfExists.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Two modalities named 'rna'");
    assertThatThrownBy(
            () ->
                new MuDataWriter()
                    .write(file, new NewCells(List.of(rna()), SHARED), IfExists.REFUSE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'type' has 4 rows, the file 3");
    assertThatThrownBy(
            () ->
                new NewModality(
                    "rna", CountsInMemory.of(PEAK_COUNTS), List.of("a", "a"), PEAKS, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names a cell twice");
    NewModality odd =
        new NewModality("a/b", CountsInMemory.of(PEAK_COUNTS), ATAC_CELLS, PEAKS, List.of());
    Path other = folder.resolve("other.h5mu");
    assertThatThrownBy(
            () ->
                new MuDataWriter()
                    .write(other, new NewCells(List.of(odd), List.of()), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("'a/b' cannot be used");
    assertThat(other).doesNotExist();
  }
}
