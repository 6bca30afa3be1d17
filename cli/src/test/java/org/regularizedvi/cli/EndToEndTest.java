package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.formats.anndata.AnnDataFile;

/** Train, evaluate and embed on a small file: what one command writes, the others agree with. */
class EndToEndTest {
  @TempDir static Path folder;
  private static Path input;
  private static Path trained;
  private static Path model;
  private static Cli training;

  @BeforeAll
  static void train() {
    input = TinyData.write(folder.resolve("in put.h5ad"), TinyData.genes(), "a", "b");
    trained = folder.resolve("trained.h5ad");
    model = folder.resolve("model");
    training = train(trained, "--model-dir", model);
  }

  private static Cli train(Path out, Object... more) {
    Object[] fixed = {
      "train",
      input,
      "--out",
      out,
      "--batch-key",
      "batch",
      "--nn-conditioning-covariate-keys",
      "batch",
      "--n-hidden",
      16,
      "--n-latent",
      4,
      "--batch-size",
      32,
      "--max-epochs",
      2,
      "--n-epochs-kl-warmup",
      1
    };
    Object[] all = new Object[fixed.length + more.length];
    System.arraycopy(fixed, 0, all, 0, fixed.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return Cli.run(all);
  }

  private static FloatMatrix latent(Path file) {
    try (AnnDataFile opened = AnnDataFile.open(file)) {
      return opened.obsm("X_regularizedvi");
    }
  }

  @Test
  void trainingSaysWhatItDidOnStandardErrorOnly() {
    assertThat(training.code()).isZero();
    assertThat(training.out()).isEmpty();
    assertThat(training.err())
        .contains("training on 54 cells, validating on 6, up to 2 epochs of 2 steps")
        .contains("trained 2 epochs in ", "nats per cell", "wrote " + trained + " and " + model)
        .doesNotContain("WARNING");
  }

  @Test
  void earlyStoppingKeepsTheBestEpochAndSaysThatItCannotStopSoSoon() throws IOException {
    Path stopped = folder.resolve("stopped");
    Cli cli =
        train(
            folder.resolve("stopped.h5ad"),
            "--model-dir",
            stopped,
            "--early-stopping",
            "--lr",
            3,
            "--lr-schedule",
            "constant");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("early stopping cannot end this training before its last epoch");
    JsonNode record = new ObjectMapper().readTree(stopped.resolve("model.json").toFile());
    JsonNode elbo = record.path("history").path("elbo_validation");
    int best = elbo.path(1).asDouble() < elbo.path(0).asDouble() ? 2 : 1;
    assertThat(record.path("kept_epoch").asInt()).isEqualTo(best);
    String validation =
        String.format(Locale.ROOT, ", %.1f in validation", elbo.path(best - 1).asDouble());
    assertThat(cli.err()).contains(validation);
    assertThat(cli.err().contains(", kept epoch 1: ELBO")).isEqualTo(best == 1);
  }

  @Test
  void theOutputHasTheLatentRepresentationAndTheLearnedTerms() {
    try (AnnDataFile file = AnnDataFile.open(trained)) {
      assertThat(file.obsm("X_regularizedvi").rows()).isEqualTo(TinyData.CELLS);
      assertThat(file.obsm("X_regularizedvi").columns()).isEqualTo(4);
      Column.Numbers sizes = (Column.Numbers) file.obs("regularizedvi_library_size");
      assertThat(sizes.size()).isEqualTo(TinyData.CELLS);
      assertThat(Arrays.stream(sizes.values())).allMatch(size -> size > 0);
      for (String term : List.of("background", "dispersion", "feature_scaling")) {
        FloatMatrix values = file.varm("regularizedvi_" + term);
        assertThat(values.rows()).as(term).isEqualTo(TinyData.GENES);
        assertThat(values.columns()).as(term).isEqualTo(2);
        assertThat(values.at(0, 0)).as(term).isPositive();
      }
      Tree.Dict uns = (Tree.Dict) file.uns("regularizedvi").orElseThrow();
      assertThat(uns.entries())
          .containsKeys("options", "history", "versions", "seed", "data_digest")
          .containsEntry("kept_epoch", new Tree.Whole(2))
          .containsEntry("background_categories", new Tree.Texts(List.of("a", "b")))
          .containsEntry("dispersion_categories", new Tree.Texts(List.of("a", "b")))
          .containsEntry("feature_scaling_categories", new Tree.Texts(List.of("a", "b")));
      assertThat(((Tree.Dict) uns.entries().get("options")).entries())
          .containsEntry("n_latent", new Tree.Whole(4))
          .containsEntry("batch_key", new Tree.Text("batch"))
          .containsEntry("dispersion", new Tree.Text("gene-batch"))
          .containsEntry("library_log_means_centering_sensitivity", new Tree.Real(1.0))
          .containsEntry("train_size", new Tree.Real(0.9))
          .containsEntry("early_stopping", new Tree.Flag(false));
      Tree.Dict history = (Tree.Dict) uns.entries().get("history");
      assertThat(((Tree.Reals) history.entries().get("elbo_train")).values()).hasSize(2);
      assertThat(file.obsColumns()).contains("batch", "age");
    }
  }

  @Test
  void embeddingTheTrainingCellsGivesTheSameBits() {
    Path embedded = folder.resolve("embedded.h5ad");
    Cli cli = Cli.run("embed", input, "--model-dir", model, "--out", embedded);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).isEmpty();
    assertThat(latent(embedded).values()).isEqualTo(latent(trained).values());
  }

  @Test
  void genesMayStandInAnyOrder() {
    Path other =
        TinyData.write(folder.resolve("reversed.h5ad"), TinyData.genes().reversed(), "a", "b");
    Path embedded = folder.resolve("reversed_embedded.h5ad");
    assertThat(Cli.run("embed", other, "--model-dir", model, "--out", embedded).code()).isZero();
    assertThat(latent(embedded).values()).isEqualTo(latent(trained).values());
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherSeedOthers() {
    Path again = folder.resolve("again.h5ad");
    Path other = folder.resolve("other.h5ad");
    assertThat(train(again).code()).isZero();
    assertThat(train(other, "--seed", 1).code()).isZero();
    assertThat(latent(again).values()).isEqualTo(latent(trained).values());
    assertThat(latent(other).values()).isNotEqualTo(latent(trained).values());
  }

  @Test
  void evaluationIsJsonAndItsTermsAddUp() throws IOException {
    Cli cli = Cli.run("evaluate", input, "--model-dir", model);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).isEmpty();
    JsonNode json = new ObjectMapper().readTree(cli.out());
    assertThat(json.properties().stream().map(Map.Entry::getKey))
        .containsExactly(
            "elbo",
            "reconstruction",
            "kl_z",
            "kl_l",
            "n_cells",
            "n_active_dims",
            "n_dims_any_active",
            "kl_z_per_dimension",
            "library_obs_w",
            "background_share");
    double sum =
        json.get("reconstruction").asDouble()
            + json.get("kl_z").asDouble()
            + json.get("kl_l").asDouble();
    assertThat(json.get("elbo").asDouble())
        .isCloseTo(sum, org.assertj.core.data.Offset.offset(1e-9));
    assertThat(json.get("n_cells").asInt()).isEqualTo(TinyData.CELLS);
    assertThat(Cli.run("evaluate", input, "--model-dir", model)).isEqualTo(cli);
  }

  @Test
  void diagnosticsAgreeWithTheTerms() throws IOException {
    Path table = folder.resolve("features.csv");
    Cli cli = Cli.run("evaluate", input, "--model-dir", model, "--per-feature", table);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(cli.out());
    double klZ = 0;
    for (JsonNode dimension : json.get("kl_z_per_dimension")) {
      klZ += dimension.asDouble();
    }
    assertThat(json.get("kl_z_per_dimension")).hasSize(4);
    assertThat(klZ)
        .isCloseTo(json.get("kl_z").asDouble(), org.assertj.core.data.Offset.offset(1e-5));
    assertThat(json.get("background_share").properties().stream().map(Map.Entry::getKey))
        .containsExactly("a", "b");
    for (JsonNode share : json.get("background_share")) {
      assertThat(share.asDouble()).isBetween(0.0, 1.0);
    }
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.getFirst()).isEqualTo("feature,reconstruction");
    double sum = 0;
    for (String line : lines.subList(1, lines.size())) {
      sum += Double.parseDouble(line.split(",")[1]);
    }
    assertThat(lines).hasSize(1 + TinyData.GENES);
    assertThat(sum)
        .isCloseTo(
            json.get("reconstruction").asDouble(),
            org.assertj.core.data.Percentage.withPercentage(1e-3));
    assertThat(Cli.run("evaluate", input, "--model-dir", model, "--per-feature", table).mistake())
        .contains("features.csv", "--overwrite");
  }

  @Test
  void theOutputRecordsThePresetAndItsHistoryTheDiagnostics() {
    Path published = folder.resolve("published.h5ad");
    assertThat(train(published, "--preset", "published", "--decoder-weight-l2", 0.3).code())
        .isZero();
    try (AnnDataFile file = AnnDataFile.open(published);
        AnnDataFile recommended = AnnDataFile.open(trained)) {
      assertThat(options(file))
          .containsEntry("preset", new Tree.Text("published"))
          .containsEntry("residual_library_encoder", new Tree.Flag(false))
          .containsEntry("init_decoder_bias", new Tree.Text("none"))
          .containsEntry("bg_init_gene_fraction", new Tree.Text("none"))
          .containsEntry("library_log_means_centering_sensitivity", new Tree.Text("none"))
          .containsEntry("decoder_weight_l2", new Tree.Real(0.3));
      assertThat(options(recommended))
          .containsEntry("preset", new Tree.Text("recommended"))
          .containsEntry("residual_library_encoder", new Tree.Flag(true))
          .containsEntry("library_obs_w_prior_rate", new Tree.Real(1))
          .containsEntry("init_decoder_bias", new Tree.Text("mean"))
          .containsEntry("bg_init_gene_fraction", new Tree.Real(0.15))
          .containsEntry("dispersion_init", new Tree.Text("data"))
          .containsEntry("dispersion_init_bio_frac", new Tree.Real(0.5))
          .containsEntry("dispersion_hyper_prior_mean", new Tree.Real(1.0 / 3))
          .containsEntry("dispersion_hyper_prior_alpha", new Tree.Text("none"))
          .containsEntry("decoder_weight_l2", new Tree.Real(0.1))
          .containsEntry("decoder_cov_weight_l2", new Tree.Real(0))
          .containsEntry("decoder_hidden_l1", new Tree.Real(0));
      assertThat(history(recommended))
          .containsKeys("n_active_dims_train", "n_active_dims_validation", "library_obs_w");
      assertThat(history(file)).doesNotContainKey("library_obs_w");
    }
  }

  private static Map<String, Tree> options(AnnDataFile file) {
    return part(file, "options");
  }

  private static Map<String, Tree> history(AnnDataFile file) {
    return part(file, "history");
  }

  private static Map<String, Tree> part(AnnDataFile file, String name) {
    Tree.Dict uns = (Tree.Dict) file.uns("regularizedvi").orElseThrow();
    return ((Tree.Dict) uns.entries().get(name)).entries();
  }

  @Test
  void aModelAloneIsEnoughAndAConfigurationFileGivesTheSameModel() throws IOException {
    Path config = folder.resolve("run.yaml");
    Path fromConfig = folder.resolve("model_from_config");
    Files.writeString(
        config,
        """
        batch_key: batch
        nn_conditioning_covariate_keys: [batch]
        n_hidden: 16
        n_latent: 4
        batch_size: 32
        max_epochs: 2
        n_epochs_kl_warmup: 1
        """);
    Cli cli = Cli.run("train", input, "--model-dir", fromConfig, "--config", config);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Files.readAllBytes(fromConfig.resolve("model.safetensors")))
        .isEqualTo(Files.readAllBytes(model.resolve("model.safetensors")));
  }

  // What cannot be done with a trained model, one test each.

  @Test
  void missingFeaturesAreListed() {
    Path fewer =
        TinyData.write(folder.resolve("fewer.h5ad"), TinyData.genes().subList(2, 24), "a", "b");
    assertThat(embed(fewer).mistake()).contains("fewer.h5ad", "2 of", "24", "gene0, gene1");
  }

  @Test
  void unknownCategoriesAreListed() {
    Path others = TinyData.write(folder.resolve("others.h5ad"), TinyData.genes(), "a", "z");
    assertThat(embed(others).mistake()).contains("others.h5ad", "obs['batch']", "'z'", "'a', 'b'");
  }

  @Test
  void aFolderWithoutModelIsNamed() {
    Path empty = folder.resolve("nothing_here");
    assertThat(Cli.run("evaluate", input, "--model-dir", empty).mistake())
        .contains(empty.toString());
  }

  @Test
  void anEarlierModelIsNotReplacedUnasked() {
    assertThat(train(folder.resolve("unused.h5ad"), "--model-dir", model).mistake())
        .contains(model.toString(), "--overwrite");
    assertThat(folder.resolve("unused.h5ad")).doesNotExist();
  }

  @Test
  void outputsAreReplacedWhenAsked() {
    Path out = folder.resolve("twice.h5ad");
    assertThat(embed(input, "--out", out).code()).isZero();
    assertThat(embed(input, "--out", out).mistake()).contains("twice.h5ad", "--overwrite");
    assertThat(embed(input, "--out", out, "--overwrite").code()).isZero();
  }

  private static Cli embed(Path file, Object... options) {
    if (options.length == 0) {
      return embed(file, "--out", folder.resolve("never.h5ad"));
    }
    Object[] all = new Object[options.length + 4];
    System.arraycopy(new Object[] {"embed", file, "--model-dir", model}, 0, all, 0, 4);
    System.arraycopy(options, 0, all, 4, options.length);
    return Cli.run(all);
  }
}
