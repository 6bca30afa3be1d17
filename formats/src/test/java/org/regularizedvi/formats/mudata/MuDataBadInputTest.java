package org.regularizedvi.formats.mudata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.AnnDataCopy;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.hdf5.H5Output;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** Every mistake in a .h5mu is told with what was expected, what was found, and where. */
class MuDataBadInputTest {
  @TempDir Path folder;

  private static AbstractThrowableAssert<?, ? extends Throwable> opening(
      Path file, CellJoin join, String... modalities) {
    return assertThatThrownBy(() -> MuDataFile.open(file, List.of(modalities), join))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString());
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> opening(String name) {
    return opening(MuDataInputs.file(name), CellJoin.UNION);
  }

  /** A copy of a file, damaged. */
  private Path damaged(String name, Consumer<H5Output> damage) throws IOException {
    Path copy = folder.resolve("damaged.h5mu");
    Files.deleteIfExists(copy);
    Files.copy(MuDataInputs.file(name), copy);
    try (H5Output out = H5Output.append(copy)) {
      damage.accept(out);
    }
    return copy;
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> column(String name, String key) {
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file(name))) {
      return assertThatThrownBy(() -> file.obs(key)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void modalityThatThereIsNot() {
    opening(MuDataInputs.file("differing"), CellJoin.UNION, "rna", "protein")
        .hasMessageContaining("no modality 'protein'; it has rna, atac, prot.");
    assertThatThrownBy(
            () -> MuDataFile.open(MuDataInputs.file("same"), List.of("rna", "rna"), CellJoin.UNION))
        .isInstanceOf(InputException.class)
        .hasMessage("The modality 'rna' is named twice.");
    try (MuDataFile file =
        MuDataFile.open(MuDataInputs.file("same"), List.of("rna"), CellJoin.UNION)) {
      assertThatThrownBy(() -> file.counts("rns", CountSource.x(), CountChecks.INTEGERS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no modality 'rns'; it has rna, atac.");
      assertThatThrownBy(() -> file.counts("atac", CountSource.x(), CountChecks.INTEGERS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not among the modalities taken, [rna]");
    }
  }

  @Test
  void fileOfTheOtherKind() {
    opening("bad_anndata.h5ad")
        .hasMessageContaining("AnnData (.h5ad, .zarr); expected MuData (.h5mu, .zarr)");
    Path mudata = MuDataInputs.file("same");
    assertThatThrownBy(() -> AnnDataFile.open(mudata))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(mudata.toString())
        .hasMessageContaining("MuData (.h5mu, .zarr) with the modalities rna, atac")
        .hasMessageContaining("expected AnnData (.h5ad, .zarr)");
    assertThatThrownBy(
            () -> AnnDataCopy.write(mudata, folder.resolve("o.h5ad"), List.of(), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected AnnData (.h5ad, .zarr)");
    Path anndata = MuDataInputs.file("bad_anndata.h5ad");
    Path target = folder.resolve("o.h5mu");
    assertThatThrownBy(
            () ->
                MuDataCopy.write(
                    anndata, target, TableAdditions.shared(List.of()), IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected MuData (.h5mu, .zarr)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void fileOfNoKind() {
    Path other = folder.resolve("other.h5");
    try (H5Output out = H5Output.create(other)) {
      out.group("model");
    }
    opening(other, CellJoin.UNION)
        .hasMessageContaining("is no MuData; expected MuData (.h5mu, .zarr)");
    opening(folder.resolve("none.h5mu"), CellJoin.UNION).hasMessageContaining("There is no file");
  }

  @Test
  void modalitiesThatShareFeatures() {
    opening("bad_axis")
        .hasMessageContaining("share features (axis 1); expected modalities that share cells");
  }

  @Test
  void modalitiesWithinModalities() {
    opening("bad_nested").hasMessageContaining("'outer' of").hasMessageContaining("of its own");
  }

  @Test
  void noModalities() throws IOException {
    opening(damaged("same", out -> out.delete("mod")), CellJoin.UNION)
        .hasMessageContaining("has no modalities");
  }

  @Test
  void noCellsInCommon() {
    Path file = MuDataInputs.file("bad_disjoint");
    opening(file, CellJoin.INTERSECTION, "rna", "atac")
        .hasMessageContaining("no cell that is in every one of the modalities rna, atac")
        .hasMessageContaining("'Zelle-00")
        .hasMessageContaining("'Zelle-09");
    try (MuDataFile union = MuDataFile.open(file, List.of("rna", "atac"), CellJoin.UNION)) {
      assertThat(union.nObs()).isEqualTo(40);
    }
  }

  @Test
  void modalityWithoutCounts() {
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file("bad_disjoint"))) {
      assertThatThrownBy(() -> file.counts("bare", CountSource.x(), CountChecks.INTEGERS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'mod/bare' in " + file.path())
          .hasMessageContaining("has no X; name the layer with the counts (layers: none)");
    }
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file("same"))) {
      assertThatThrownBy(() -> file.counts("rna", CountSource.layer("count"), CountChecks.INTEGERS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'mod/rna' in " + file.path() + " has no layer 'count'")
          .hasMessageContaining("'counts'");
      assertThatThrownBy(
              () -> file.counts("rna", CountSource.layer("normalised"), CountChecks.INTEGERS))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("'mod/rna/layers/normalised' in " + file.path())
          .hasMessageContaining("--layer rna=counts");
    }
  }

  @Test
  void badValueIsToldWithItsCellWhateverTheOrder() throws IOException {
    Path file =
        damaged(
            "order",
            out -> {
              float[] values = out.reader().floats("mod/rna/X/data");
              values[0] = -3;
              out.delete("mod/rna/X/data");
              out.floats("mod/rna/X/data", new long[] {values.length}, values, Storage.PLAIN);
            });
    try (MuDataFile opened = MuDataFile.open(file)) {
      int[] last = {opened.nObs() - 1};
      try (CountReader others =
          opened.countReader("rna", CountSource.x(), CountChecks.INTEGERS, last)) {
        assertThat(others.next(5).orElseThrow().rows()).isEqualTo(1);
      }
      try (CountReader one =
          opened.countReader("rna", CountSource.x(), CountChecks.INTEGERS, new int[] {0})) {
        assertThatThrownBy(() -> one.next(5))
            .isInstanceOf(InputException.class)
            .hasMessageContaining("-3.0 in cell 'Zelle-00é漢', gene 'ENSG");
      }
    }
  }

  @Test
  void cellNamedTwice() {
    opening("bad_twice")
        .hasMessageContaining("'Zelle-03é漢' is used twice in 'mod/rna/obs'")
        .hasMessageContaining("for cells 3 and 8");
  }

  @Test
  void namesOfCellsThatAreMissing() throws IOException {
    opening(damaged("same", out -> out.delete("mod/atac/obs")), CellJoin.UNION)
        .hasMessageContaining("has no 'mod/atac/obs'");
    opening(damaged("same", out -> out.delete("obs")), CellJoin.UNION)
        .hasMessageContaining("has no 'obs'");
    opening(damaged("same", out -> out.delete("mod/atac/obs/_index")), CellJoin.UNION)
        .hasMessageContaining("'mod/atac/obs/_index'");
    Path unnamed =
        damaged(
            "same",
            out -> {
              H5Output index = out.within("mod/rna/obs/_index");
              String[] names = out.reader().strings("mod/rna/obs/_index");
              out.delete("mod/rna/obs/_index");
              index.group("/");
              index.attribute("/", "encoding-type", "nullable-string-array");
              index.texts("values", new long[] {names.length}, names);
              boolean[] mask = new boolean[names.length];
              mask[2] = true;
              index.flags("mask", new long[] {names.length}, mask);
            });
    opening(unnamed, CellJoin.UNION).hasMessageContaining("has no name in row 2");
  }

  @Test
  void columnThatIsNowhere() {
    column("differing", "smaple")
        .hasMessageContaining("no column 'smaple' of cells")
        .hasMessageContaining("looked in the shared obs (donor, maybe, label)")
        .hasMessageContaining("obs of 'rna' (sample, dead, n)")
        .hasMessageContaining("obs of 'prot' (no columns); did you mean sample?");
    column("differing", "atac:dead")
        .hasMessageContaining("no column 'atac:dead'")
        .hasMessageContaining("did you mean rna:dead");
  }

  @Test
  void modalitiesThatDifferAboutACell() {
    column("bad_differ", "sample")
        .hasMessageContaining(
            "obs['sample'] of cell 'Zelle-03é漢' is 's0' in modality 'rna' and 'other' in 'atac'")
        .hasMessageContaining("'atac:sample'");
    column("bad_kinds", "kind")
        .hasMessageContaining("holds numbers in modality 'rna' and text in 'atac'");
    try (MuDataFile file = MuDataFile.open(MuDataInputs.file("bad_differ"))) {
      assertThat(((Column.Categorical) file.obs("atac:sample")).categories()).contains("other");
    }
  }
}
