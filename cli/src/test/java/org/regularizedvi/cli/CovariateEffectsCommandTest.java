package org.regularizedvi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.formats.anndata.AnnDataFile;

/**
 * {@code covariate-effects} on trained models: what it prints agrees with what other files hold.
 */
class CovariateEffectsCommandTest {
  @TempDir Path folder;

  private static List<String> names(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void aModelOfOneModality() throws IOException {
    TrainedModel model = TrainedModel.ofTinyCells(folder);
    Path table = folder.resolve("features.csv");
    Object[] command = {
      "covariate-effects", model.input(), "--model-dir", model.folder(), "--per-feature", table
    };
    Cli cli = Cli.run(command);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(cli.out());
    assertThat(names(json))
        .containsExactly(
            "decoder_weights", "feature_scaling", "additive_background", "dispersion", "library");
    JsonNode weights = json.get("decoder_weights");
    assertThat(names(weights.get("covariates"))).containsExactly("batch");
    assertThat(weights.get("cov_norm").asDouble())
        .isEqualTo(weights.get("covariates").get("batch").asDouble());
    assertThat(weights.get("n_z_dims").asInt()).isEqualTo(4);
    assertThat(names(json.get("additive_background").get("batch"))).containsExactly("a", "b");
    assertThat(json.get("dispersion").get("correlation_of_logs").get(0).get(0).asDouble())
        .isCloseTo(1, within(1e-9));
    assertThat(json.get("library").get("a").get("n_cells").asInt()).isEqualTo(30);
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.getFirst())
        .isEqualTo(
            "feature,mean_scale,feature_scaling_batch_mean_abs_deviation,"
                + "additive_background_batch_mean,additive_background_batch_mean_abs_deviation,"
                + "additive_background_relative_to_scale,dispersion_mean_log");
    assertThat(lines).hasSize(1 + TinyData.GENES);
    Path expressed = folder.resolve("expressed.h5ad");
    assertThat(model.ask("expression", expressed, "--features", "gene5").code()).isZero();
    try (AnnDataFile file = AnnDataFile.open(expressed)) {
      float[] rho = file.obsm("regularizedvi_expression").values();
      double mean = 0;
      for (float one : rho) {
        mean += one / (double) rho.length;
      }
      String[] gene5 = lines.get(6).split(",");
      assertThat(gene5[0]).isEqualTo("gene5");
      assertThat(Double.parseDouble(gene5[1])).isCloseTo(mean, within(1e-5 * mean));
      assertThat(Double.parseDouble(gene5[5]))
          .isCloseTo(Double.parseDouble(gene5[3]) / mean, within(1e-4));
    }
    assertThat(Cli.run(command).mistake()).contains("features.csv", "--overwrite");
  }

  @Test
  void aModelOfTwoModalities() throws IOException {
    TrainedModel model = TrainedModel.ofMultiome(folder);
    Path table = folder.resolve("features.csv");
    Cli cli =
        Cli.run(
            "covariate-effects",
            model.input(),
            "--model-dir",
            model.folder(),
            "--layer",
            "rna=counts",
            "--per-feature",
            table);
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonNode modalities = new ObjectMapper().readTree(cli.out()).get("modalities");
    assertThat(names(modalities)).containsExactly("atac", "rna");
    assertThat(modalities.get("atac").has("additive_background")).isFalse();
    assertThat(names(modalities.get("atac").get("feature_scaling"))).containsExactly("all");
    assertThat(modalities.get("rna").has("feature_scaling")).isFalse();
    assertThat(modalities.get("rna").get("decoder_weights").get("n_z_dims").asInt()).isEqualTo(8);
    List<String> lines = Files.readAllLines(table);
    assertThat(lines.getFirst()).startsWith("modality,feature,mean_scale,feature_scaling_mean_abs");
    assertThat(lines).hasSize(1 + 24 + 40);
    assertThat(lines.get(1)).startsWith("atac,").contains(",,,");
  }
}
