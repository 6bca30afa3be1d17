package org.regularizedvi.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.mudata.MuDataCells;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;

/**
 * Models that the program saved when model.json was of format 3, beside the files with what it
 * found for their cells: 60 invented ones, {@code train --n-latent 2 --library-n-hidden 3
 * --max-epochs 3 --precision float32 --seed 5 --batch-key batch} and
 *
 * <pre>
 *   single      --n-hidden 4 --nn-conditioning-covariate-keys batch --encoder-covariate-keys batch
 *   multimodal  --n-hidden rna=4,atac=3 --latent-mode weighted-mean --modality-weights cell
 *               --learnable-modality-scaling
 * </pre>
 */
final class ThirdFormatTest {
  private static final Path FOLDER = Path.of("src/test/resources/models/format3");

  @TempDir Path dir;

  @Test
  void aSingleModelEmbedsAsTheProgramThatWroteIt() {
    try (RegularizedModel model = RegularizedModel.load(FOLDER.resolve("single"));
        AnnDataFile file = AnnDataFile.open(FOLDER.resolve("cells.h5ad"))) {
      Embedding found = model.embed(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS));
      assertLatent(found.latent(), file.obsm("X_regularizedvi"));
      assertLibrary(found.modalities().getFirst(), file.obsNames(), file);
    }
  }

  @Test
  void aModelOfSeveralModalitiesEmbedsAsTheProgramThatWroteIt() {
    try (RegularizedModel model = RegularizedModel.load(FOLDER.resolve("multimodal"));
        MuDataFile file = MuDataFile.open(FOLDER.resolve("cells.h5mu"))) {
      CellSource source = new MuDataCells(file, Map.of(), CountChecks.INTEGERS);
      Embedding found = model.embed(source);
      assertLatent(found.latent(), file.shared().obsm("X_regularizedvi"));
      for (Embedding.OfModality modality : found.modalities()) {
        assertLatent(
            modality.latent().orElseThrow(),
            file.shared().obsm("X_regularizedvi_" + modality.name()));
        assertLibrary(modality, file.shared().obsNames(), file.modality(modality.name()));
        assertColumn(
            modality.weight().orElseThrow(),
            file.shared(),
            "regularizedvi_weight_" + modality.name());
      }
    }
  }

  /** To 1e-5, or NaN where a cell lacks the modality. */
  private static void assertLatent(FloatMatrix found, FloatMatrix expected) {
    assertThat(found.values()).containsExactly(expected.values(), within(1e-5f));
    assertThat(found.columns()).isEqualTo(2);
  }

  /** The modality's own table has only the cells that it measured. */
  private static void assertLibrary(
      Embedding.OfModality modality, List<String> cells, CellTable table) {
    double[] found =
        table.obsNames().stream()
            .mapToDouble(name -> modality.librarySize()[cells.indexOf(name)])
            .toArray();
    assertColumn(found, table, "regularizedvi_library_size");
  }

  private static void assertColumn(double[] found, CellTable table, String name) {
    double[] expected = ((Column.Numbers) table.obs(name)).values();
    assertThat(found).containsExactly(expected, within(1e-5));
  }

  @Test
  void aLaterFormatIsRefused() throws IOException {
    Path folder = dir.resolve("later");
    Files.createDirectory(folder);
    String record = Files.readString(FOLDER.resolve("single/model.json"));
    Files.writeString(
        folder.resolve("model.json"), record.replace("\"format\" : 3", "\"format\" : 9"));
    Files.copy(FOLDER.resolve("single/model.safetensors"), folder.resolve("model.safetensors"));
    assertThatThrownBy(() -> RegularizedModel.load(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "%s is of format 9, which a later version wrote; this one reads formats 1 to 8."
                .formatted(folder.resolve("model.json")));
  }
}
