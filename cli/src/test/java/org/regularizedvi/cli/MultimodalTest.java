package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.mudata.MuDataCells;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.model.RegularizedMultimodalVI;

/**
 * Train, evaluate and embed on a small file that mudata wrote: rna of 70 cells, atac of 60 of them
 * in another order and of 5 more (see {@code mudata/make_multiome.py}).
 */
class MultimodalTest {
  static final Path INPUT = Path.of("src/test/resources/mudata/multiome.h5mu");
  private static final int CELLS = 75;

  @TempDir static Path folder;
  private static Path trained;
  private static Path model;
  private static Cli training;

  @BeforeAll
  static void train() {
    trained = folder.resolve("trained.h5mu");
    model = folder.resolve("model");
    training =
        train(INPUT, trained, "--model-dir", model, "--n-latent", "rna=5,atac=3", "--n-hidden", 16);
  }

  static Cli train(Path input, Path out, Object... more) {
    Object[] fixed = {
      "train",
      input,
      "--out",
      out,
      "--batch-key",
      "batch",
      "--layer",
      "rna=counts",
      "--batch-size",
      32,
      "--max-epochs",
      2,
      "--n-epochs-kl-warmup",
      1
    };
    Object[] all = Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Cli.run(all);
  }

  private static FloatMatrix latent(Path file) {
    try (MuDataFile opened = MuDataFile.open(file)) {
      return opened.shared().obsm("X_regularizedvi");
    }
  }

  @Test
  void trainingSaysWhichCellsItTook() {
    assertThat(training.code()).as(training.err()).isZero();
    assertThat(training.out()).isEmpty();
    assertThat(training.err())
        .contains("75 cells (75 in any modality, 60 in all): rna 70, atac 65")
        .contains("training on 68 cells, validating on 7")
        .contains("wrote " + trained + " and " + model);
  }

  @Test
  void theMapOfAReportIsTheUmapThatModalitiesShare() throws IOException {
    Path mapped = folder.resolve("mapped.h5mu");
    Path page = folder.resolve("run.html");
    assertThat(Cli.run("neighbors", trained, "--out", mapped, "--umap").code()).isZero();
    Cli report =
        Cli.run("report", mapped, "--model-dir", model, "--layer", "rna=counts", "--out", page);
    assertThat(report.code()).as(report.err()).isZero();
    double least = Double.POSITIVE_INFINITY;
    try (MuDataFile file = MuDataFile.open(mapped)) {
      FloatMatrix plane = file.obsm("X_umap");
      for (int n = 0; n < CELLS; n++) {
        least = Math.min(least, plane.at(n, 0));
      }
    }
    assertThat(Files.readString(page))
        .contains("the file's own UMAP", "\"x\":{\"from\":" + (float) least + ",");
  }

  @Test
  void theOutputHasTheLatentsAndWhatEachModalityLearned() {
    try (MuDataFile file = MuDataFile.open(trained)) {
      AnnDataFile shared = file.shared();
      FloatMatrix joint = shared.obsm("X_regularizedvi");
      FloatMatrix rna = shared.obsm("X_regularizedvi_rna");
      FloatMatrix atac = shared.obsm("X_regularizedvi_atac");
      assertThat(List.of(joint.columns(), rna.columns(), atac.columns())).containsExactly(8, 5, 3);
      List<String> cells = shared.obsNames();
      for (int n = 0; n < CELLS; n++) {
        int number = Integer.parseInt(cells.get(n).substring("cell".length()));
        boolean hasRna = number < 70;
        boolean hasAtac = number < 60 || number >= 70;
        assertThat(Float.isNaN(rna.at(n, 0))).as(cells.get(n)).isEqualTo(!hasRna);
        assertThat(Float.isNaN(atac.at(n, 0))).as(cells.get(n)).isEqualTo(!hasAtac);
        if (hasAtac) {
          assertThat(joint.at(n, 0)).isEqualTo(atac.at(n, 0));
        }
        if (hasRna) {
          assertThat(joint.at(n, 3)).isEqualTo(rna.at(n, 0));
        }
      }
      AnnDataFile ofRna = file.modality("rna");
      AnnDataFile ofAtac = file.modality("atac");
      for (AnnDataFile own : List.of(ofRna, ofAtac)) {
        Column.Numbers sizes = (Column.Numbers) own.obs("regularizedvi_library_size");
        assertThat(sizes.size()).isEqualTo(own.nObs());
        assertThat(Arrays.stream(sizes.values())).allMatch(size -> size > 0);
        assertThat(own.varm("regularizedvi_dispersion").rows()).isEqualTo(own.nVars());
      }
      assertThat(ofRna.varm("regularizedvi_background").columns()).isEqualTo(2);
      assertThat(ofAtac.varm("regularizedvi_feature_scaling").columns()).isEqualTo(1);
      Tree.Dict terms = (Tree.Dict) ofRna.uns("regularizedvi").orElseThrow();
      assertThat(terms.entries())
          .containsEntry("background_categories", new Tree.Texts(List.of("a", "b")))
          .doesNotContainKey("feature_scaling_categories");
      Tree.Dict uns = (Tree.Dict) shared.uns("regularizedvi").orElseThrow();
      assertThat(((Tree.Dict) uns.entries().get("options")).entries())
          .containsEntry("modalities", new Tree.Texts(List.of("atac", "rna")))
          .containsEntry("latent_mode", new Tree.Text("concatenation"))
          .containsEntry("n_latent_rna", new Tree.Whole(5))
          .containsEntry("n_hidden", new Tree.Whole(16))
          .containsEntry("additive_background_modalities", new Tree.Texts(List.of("rna")));
      assertThat(((Tree.Dict) uns.entries().get("history")).entries())
          .containsKeys("recon_loss_rna_train", "recon_loss_atac_validation");
    }
  }

  /** Rows of a modality's table that stand in another order get their own cells' values. */
  @Test
  void librarySizesFollowTheirCells() {
    try (MuDataFile file = MuDataFile.open(trained);
        RegularizedMultimodalVI loaded = RegularizedMultimodalVI.load(model)) {
      Map<String, CountSource> layers = Map.of("rna", CountSource.layer("counts"));
      Embedding.OfModality atac =
          loaded.embed(new MuDataCells(file, layers, CountChecks.INTEGERS)).modalities().getFirst();
      AnnDataFile table = file.modality("atac");
      double[] found = ((Column.Numbers) table.obs("regularizedvi_library_size")).values();
      List<String> cells = file.obsNames();
      assertThat(table.obsNames().getFirst()).isNotEqualTo(cells.getFirst());
      for (int row = 0; row < found.length; row++) {
        int cell = cells.indexOf(table.obsNames().get(row));
        assertThat(found[row]).isEqualTo(atac.librarySize()[cell]);
      }
    }
  }

  @Test
  void embeddingTheTrainingCellsGivesTheSameBits() {
    Path embedded = folder.resolve("embedded.h5mu");
    Cli cli =
        Cli.run("embed", INPUT, "--model-dir", model, "--out", embedded, "--layer", "rna=counts");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(latent(embedded).values()).isEqualTo(latent(trained).values());
    try (MuDataFile file = MuDataFile.open(embedded)) {
      assertThat(file.shared().obsmKeys()).contains("X_regularizedvi_rna", "X_regularizedvi_atac");
      assertThat(file.modality("rna").obsColumns()).contains("regularizedvi_library_size");
    }
  }

  @Test
  void slicesThatCellsLackArePredictedUnlessToldOtherwise() {
    Path embedded = folder.resolve("encoded.h5mu");
    Cli cli =
        Cli.run(
            "embed",
            INPUT,
            "--model-dir",
            model,
            "--out",
            embedded,
            "--layer",
            "rna=counts",
            "--missing-slices",
            "encoded");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).doesNotContain("warning");
    FloatMatrix encoded = latent(embedded);
    FloatMatrix predicted = latent(trained);
    try (MuDataFile file = MuDataFile.open(trained)) {
      FloatMatrix rna = file.shared().obsm("X_regularizedvi_rna");
      for (int n = 0; n < CELLS; n++) {
        boolean lacks = Float.isNaN(rna.at(n, 0));
        assertThat(predicted.at(n, 4) == encoded.at(n, 4)).isEqualTo(!lacks);
      }
    }
  }

  @Test
  void evaluationTellsOfEachModality() throws IOException {
    Path table = folder.resolve("features.csv");
    Cli cli =
        Cli.run(
            "evaluate",
            INPUT,
            "--model-dir",
            model,
            "--layer",
            "rna=counts",
            "--per-feature",
            table);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(cli.out());
    JsonNode modalities = json.get("modalities");
    assertThat(modalities.properties().stream().map(Map.Entry::getKey))
        .containsExactly("atac", "rna");
    double sum =
        modalities.get("atac").get("reconstruction").asDouble()
            + modalities.get("rna").get("reconstruction").asDouble();
    assertThat(json.get("reconstruction").asDouble()).isCloseTo(sum, within(1e-6));
    assertThat(json.get("elbo").asDouble())
        .isCloseTo(sum + json.get("kl_z").asDouble() + json.get("kl_l").asDouble(), within(1e-6));
    assertThat(json.get("kl_z_per_dimension")).hasSize(8);
    assertThat(modalities.get("rna").has("background_share")).isTrue();
    assertThat(modalities.get("atac").has("background_share")).isFalse();
    assertThat(modalities.get("atac").has("library_obs_w")).isTrue();
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.getFirst()).isEqualTo("modality,feature,reconstruction");
    assertThat(lines).hasSize(1 + 24 + 40).anyMatch(line -> line.startsWith("atac,peak39,"));
    double ofRna =
        lines.stream()
            .filter(line -> line.startsWith("rna,"))
            .mapToDouble(line -> Double.parseDouble(line.split(",")[2]))
            .sum();
    // The table is in nats per cell that has the modality, the JSON in nats per cell.
    assertThat(ofRna * 70 / CELLS)
        .isCloseTo(modalities.get("rna").get("reconstruction").asDouble(), within(1e-3 * ofRna));
  }

  @ParameterizedTest
  @CsvSource({
    "weighted-mean,equal",
    "weighted-mean,universal",
    "weighted-mean,cell",
    "single-encoder,equal"
  })
  void everyLatentModeTrains(String mode, String weights) {
    Path out = folder.resolve(mode + weights + ".h5mu");
    Cli cli =
        train(
            INPUT,
            out,
            "--n-latent",
            4,
            "--n-hidden",
            8,
            "--latent-mode",
            mode,
            "--modality-weights",
            weights,
            "--learnable-modality-scaling",
            "--modality-lr-multiplier",
            "atac=0.5");
    assertThat(cli.code()).as(cli.err()).isZero();
    try (MuDataFile file = MuDataFile.open(out)) {
      assertThat(file.shared().obsmKeys().contains("X_regularizedvi_rna"))
          .isEqualTo(mode.equals("weighted-mean"));
      assertThat(file.shared().obsColumns().contains("regularizedvi_weight_rna"))
          .isEqualTo(mode.equals("weighted-mean"));
      Tree.Dict terms = (Tree.Dict) file.modality("atac").uns("regularizedvi").orElseThrow();
      assertThat(((Tree.Real) terms.entries().get("modality_scale")).value()).isBetween(0.5, 2.0);
    }
  }

  @Test
  void cellsOfAllModalitiesOrOneModality() {
    Path both = folder.resolve("both.h5mu");
    assertThat(train(INPUT, both, "--cells", "intersection", "--n-latent", 4).err())
        .contains("60 cells (75 in any modality, 60 in all)");
    try (MuDataFile file = MuDataFile.open(both)) {
      FloatMatrix joint = file.shared().obsm("X_regularizedvi");
      assertThat(joint.rows()).isEqualTo(CELLS);
      long without = 0;
      for (int n = 0; n < CELLS; n++) {
        without += Float.isNaN(joint.at(n, 0)) ? 1 : 0;
      }
      assertThat(without).isEqualTo(15);
    }
    Path one = folder.resolve("one.h5mu");
    Cli cli = train(INPUT, one, "--modalities", "rna", "--n-latent", 4);
    assertThat(cli.err()).contains("70 cells").contains("wrote " + one);
    assertThat(cli.code()).isZero();
  }

  @Test
  void aConfigurationFileMayMapModalities() throws IOException {
    Path config = folder.resolve("run.yaml");
    Path again = folder.resolve("again");
    Files.writeString(
        config,
        """
        batch_key: batch
        layer: {rna: counts}
        n_latent: {rna: 5, atac: 3}
        n_hidden: 16
        modalities: [atac, rna]
        batch_size: 32
        max_epochs: 2
        n_epochs_kl_warmup: 1
        """);
    Cli cli = Cli.run("train", INPUT, "--model-dir", again, "--config", config);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readAllBytes(again.resolve("model.safetensors")))
        .isEqualTo(Files.readAllBytes(model.resolve("model.safetensors")));
  }
}
