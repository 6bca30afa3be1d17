package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** {@code attribution} on a trained model: what it writes belongs to the cells of the file. */
class AttributionCommandTest {
  @TempDir static Path folder;
  private static TrainedModel model;

  @BeforeAll
  static void train() {
    model = TrainedModel.ofTinyCells(folder);
  }

  @Test
  void theWeightedLatentIsTheLatentTimesWhatAddsUpToTheTotal() {
    Path embedded = folder.resolve("embedded.h5ad");
    Path attributed = folder.resolve("attributed.h5ad");
    assertThat(model.ask("embed", embedded).code()).isZero();
    Cli cli = model.ask("attribution", attributed);
    assertThat(cli.code()).isZero();
    assertThat(cli.err()).contains("attributed 60 cells");
    try (AnnDataFile z = AnnDataFile.open(embedded);
        AnnDataFile out = AnnDataFile.open(attributed)) {
      FloatMatrix latent = z.obsm("X_regularizedvi");
      FloatMatrix weighted = out.obsm("X_regularizedvi_attr");
      double[] total = ((Column.Numbers) out.obs("regularizedvi_decoder_total_attr")).values();
      assertThat(weighted.columns()).isEqualTo(4);
      for (int n = 0; n < 60; n++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          double factor = weighted.at(n, k) / (double) latent.at(n, k);
          assertThat(factor).isPositive();
          sum += factor;
        }
        assertThat(sum / total[n]).isCloseTo(1, within(1e-4));
      }
      assertThat(out.uns("regularizedvi")).isPresent();
    }
  }

  @Test
  void mistakesAreOneSentence() {
    assertThat(Cli.run("attribution", model.input(), "--model-dir", model.folder()).mistake())
        .isEqualTo("attribution needs --out OUT; see regularizedvi attribution --help.");
    assertThat(model.ask("attribution", model.input(), "--overwrite").mistake())
        .contains("input itself");
  }
}
