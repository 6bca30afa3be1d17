package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.EarlyStoppingConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.PlateauConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.TrainListener;

final class SavedModelTest {
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch").withNnConditioning("donor");
  private static final TrainConfig TRAINING =
      TrainConfig.recommended()
          .withMaxEpochs(2)
          .withBatchSize(32)
          .withNEpochsKlWarmup(4)
          .with(PlateauConfig.defaults())
          .with(EarlyStoppingConfig.defaults())
          .withComputePearson(true);

  @TempDir Path dir;

  @Test
  void loadsWhatItSaved() {
    Path saved = dir.resolve("model");
    try (AmbientRegularizedSCVI model = trained(saved);
        AmbientRegularizedSCVI loaded = AmbientRegularizedSCVI.load(saved)) {
      assertThat(saved.resolve("model.json"))
          .content()
          .contains(
              "\"library_n_hidden\" : 16",
              "\"preset\" : \"RECOMMENDED\"",
              "\"residual_library_encoder\" : true",
              "\"decoder_weight_l2\" : 0.1",
              "\"bg_init_gene_fraction\" : 0.15");
      assertThat(loaded.config()).isEqualTo(model.config());
      assertThat(loaded.trainConfig()).contains(TRAINING);
      assertThat(loaded.schema()).isEqualTo(model.schema());
      assertThat(loaded.features()).isEqualTo(model.features());
      assertThat(loaded.dataDigest()).isEqualTo(model.dataDigest());
      assertThat(loaded.history().metrics()).isEqualTo(model.history().metrics());
      for (String metric : model.history().metrics()) {
        assertThat(loaded.history().of(metric)).as(metric).isEqualTo(model.history().of(metric));
      }
      assertThat(loaded.learnedTerms().dispersion().values().values())
          .isEqualTo(model.learnedTerms().dispersion().values().values());
    }
  }

  @Test
  void historyHasEveryMetric() {
    try (AmbientRegularizedSCVI model = trained(dir.resolve("model"))) {
      for (String cells : List.of("train", "validation")) {
        assertThat(model.history().metrics())
            .contains(
                "elbo_" + cells,
                "reconstruction_loss_" + cells,
                "kl_local_" + cells,
                "kl_z_" + cells,
                "kl_l_" + cells,
                "pearson_per_feature_" + cells,
                "pearson_per_cell_" + cells);
      }
      assertThat(model.history().metrics())
          .contains("n_active_dims_train", "n_active_dims_validation", "library_obs_w");
      assertThat(model.history().of("kl_weight")).containsExactly(0, 1 / 4.0);
      assertThat(model.history().epochs()).isEqualTo(2);
    }
  }

  @Test
  void sameSeedSameBits() throws IOException {
    trained(dir.resolve("a")).close();
    trained(dir.resolve("b")).close();
    assertThat(Files.readAllBytes(dir.resolve("a/model.safetensors")))
        .isEqualTo(Files.readAllBytes(dir.resolve("b/model.safetensors")));
  }

  @Test
  void namesATensorThatDoesNotFit() throws IOException {
    Path saved = dir.resolve("model");
    trained(saved).close();
    Path record = saved.resolve("model.json");
    Files.writeString(
        record, Files.readString(record).replace("\"n_hidden\" : 24", "\"n_hidden\" : 25"));
    assertThatThrownBy(() -> AmbientRegularizedSCVI.load(saved))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("z_encoder.encoder.fc_layers.Layer 0.1.weight")
        .hasMessageContaining("[25, 1100]")
        .hasMessageContaining("[24, 1100]");
  }

  @Test
  void doesNotReplaceWhatItShouldNot() throws IOException {
    Path saved = dir.resolve("model");
    try (AmbientRegularizedSCVI model = trained(saved)) {
      assertThatThrownBy(() -> model.save(saved, IfExists.REFUSE))
          .hasMessageContaining("already holds a model");
      model.save(saved, IfExists.REPLACE);
      Path other = Files.createDirectory(dir.resolve("other"));
      Files.writeString(other.resolve("thesis.txt"), "mine");
      assertThatThrownBy(() -> model.save(other, IfExists.REPLACE))
          .hasMessageContaining("not a model directory");
      assertThat(other.resolve("thesis.txt")).hasContent("mine");
      Path beside = Files.writeString(saved.resolve("thesis.txt"), "mine");
      assertThatThrownBy(() -> model.save(saved, IfExists.REPLACE))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "%s holds thesis.txt beside its model, which would be lost; move it elsewhere, or choose another folder."
                  .formatted(saved));
      assertThat(beside).hasContent("mine");
    }
    try (var left = Files.list(dir)) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("model", "other");
    }
  }

  @Test
  void warnsOfWhatMayNotBeWanted() {
    List<String> warnings = new ArrayList<>();
    CellData data = TestCells.of(100, KEYS.withEncoder("donor"));
    AmbientRegularizedSCVI.setup(
            data,
            TestCells.smallModel().with(NetworkConfig.recommended().withLibraryNHidden(64)),
            0,
            warnings::add)
        .close();
    assertThat(warnings)
        .anySatisfy(w -> assertThat(w).contains("encoder_covariate_keys"))
        .anySatisfy(w -> assertThat(w).contains("library_n_hidden 64"));
  }

  @Test
  void differentSeedsDiffer() {
    CellData data = TestCells.of(100, KEYS);
    try (AmbientRegularizedSCVI a =
            AmbientRegularizedSCVI.setup(data, TestCells.smallModel(), 1, _ -> {});
        AmbientRegularizedSCVI b =
            AmbientRegularizedSCVI.setup(data, TestCells.smallModel(), 2, _ -> {})) {
      assertThat(Arrays.hashCode(a.learnedTerms().dispersion().values().values()))
          .isNotEqualTo(Arrays.hashCode(b.learnedTerms().dispersion().values().values()));
    }
  }

  private static AmbientRegularizedSCVI trained(Path saved) {
    CellData data = TestCells.of(100, KEYS);
    AmbientRegularizedSCVI model =
        AmbientRegularizedSCVI.setup(data, TestCells.smallModel(), 7, _ -> {});
    model.train(data, TRAINING, TrainListener.silent());
    model.save(saved, IfExists.REFUSE);
    return model;
  }
}
