package org.regularizedvi.core.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.PythonModels;
import org.regularizedvi.options.Records;

/** What is written for Python is what Python had written. */
final class PythonExportTest {
  private static final Path MODELS = Path.of("../core/src/test/resources/python_models");

  /** These differ from run to run, or are not kept by a model folder. */
  private static final Set<String> OF_A_RUN =
      Set.of(
          "n_obs",
          "n_cells",
          "_scvi_uuid",
          "run_name_",
          "mod_key",
          "train_indices_",
          "test_indices_",
          "validation_indices_");

  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"single, single.h5ad", "multimodal, multimodal.h5mu"})
  void isTheSameAfterImportAndExport(String name, String cells) throws IOException {
    exported(name, cells);
    Path golden = MODELS.resolve(name);
    PythonModel before = PythonModelFolder.read(golden);
    PythonModel after = PythonModelFolder.read(dir.resolve("python"));
    assertThat(after.config()).isEqualTo(before.config());
    assertThat(after.multimodal().isPresent()).isEqualTo(name.equals("multimodal"));
    assertThat(after.schema()).isEqualTo(before.schema());
    assertThat(after.tensors().keySet()).isEqualTo(before.tensors().keySet());
    before
        .tensors()
        .forEach(
            (tensor, entry) -> {
              assertThat(after.tensors().get(tensor).shape()).as(tensor).isEqualTo(entry.shape());
              assertThat(after.tensors().get(tensor).values()).as(tensor).isEqualTo(entry.values());
            });
    requireSame(content(golden), content(dir.resolve("python")));
    assertThat(Files.list(dir.resolve("python"))).hasSize(1);
  }

  @Test
  void theNewestVersionReadsItsOwnNames() throws IOException {
    exported("single", "single.h5ad");
    Path newest = dir.resolve("newest");
    PythonModels.write(
        dir.resolve("model"),
        Map.of(),
        Optional.of(PackageVersion.NEWEST),
        newest,
        IfExists.REFUSE);
    assertThat(PythonModelFolder.read(newest).config())
        .isEqualTo(PythonModelFolder.read(MODELS.resolve("single")).config());
    assertThat(pickle(dir.resolve("python")))
        .contains("regularise_dispersion_prior")
        .doesNotContain("dispersion_hyper_prior_mean", "library_obs_w_prior_rate");
    assertThat(pickle(newest))
        .contains("dispersion_hyper_prior_mean", "library_obs_w_prior_rate")
        .doesNotContain("regularise_dispersion_prior");
  }

  @Test
  void thePublishedVersionCannotHoldEveryModel() {
    assertThatThrownBy(
            () ->
                PackageVersion.of(
                    Optional.of(PackageVersion.PUBLISHED), List.of(ModelConfig.recommended())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cannot hold this model, which differs from it in ")
        .hasMessageContaining("residual_library_encoder");
    assertThat(PackageVersion.of(Optional.empty(), List.of(ModelConfig.recommended())))
        .isEqualTo(PackageVersion.NEWEST);
    assertThat(PackageVersion.of(Optional.empty(), List.of(ModelConfig.published())))
        .isEqualTo(PackageVersion.PUBLISHED);
  }

  /** An argument that the class may not know is not written without need. */
  @Test
  void optionsOfTheNewestAloneAreWrittenWhereOneIsMadeUseOf() throws IOException {
    LatentPriorConfig prior = LatentPriorConfig.defaults();
    ModelConfig sparse =
        ModelConfig.recommended().with(Records.with(prior, "zSparsityPrior", ZSparsityPrior.GAMMA));
    assertThat(names(ModelConfig.recommended())).doesNotContain("use_kl_z", "z_sparsity_prior");
    assertThat(names(sparse)).contains("use_kl_z", "z_sparsity_prior", "n_active_latent_per_cell");
    assertThat(
            PackageVersion.of(
                Optional.empty(), List.of(ModelConfig.published().with(sparse.latentPrior()))))
        .isEqualTo(PackageVersion.NEWEST);
  }

  private static String names(ModelConfig config) {
    return new String(
        PickleWriter.write(
            InitParameters.of(config, Optional.empty(), List.of(""), PackageVersion.NEWEST)),
        StandardCharsets.ISO_8859_1);
  }

  @Test
  void doesNotReplaceWhatItShouldNot() throws IOException {
    exported("single", "single.h5ad");
    Path model = dir.resolve("model");
    Path python = dir.resolve("python");
    assertThatThrownBy(
            () -> PythonModels.write(model, Map.of(), Optional.empty(), python, IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("already holds a model");
    PythonModels.write(model, Map.of(), Optional.empty(), python, IfExists.REPLACE);
    Files.writeString(python.resolve("thesis.txt"), "mine");
    assertThatThrownBy(
            () -> PythonModels.write(model, Map.of(), Optional.empty(), python, IfExists.REPLACE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is not the folder of a Python model");
    assertThatThrownBy(
            () ->
                PythonModels.write(
                    model,
                    Map.of("rna", CountSource.x()),
                    Optional.empty(),
                    dir.resolve("other"),
                    IfExists.REFUSE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("layer names the modality 'rna'");
    assertThat(ModelDirectory.modalities(model)).containsExactly("");
  }

  private void exported(String name, String cells) {
    PythonModels.read(
        MODELS.resolve(name),
        MODELS.resolve(cells),
        Selection.all(),
        dir.resolve("model"),
        IfExists.REFUSE,
        _ -> {});
    Map<String, CountSource> layers =
        name.equals("single") ? Map.of("", CountSource.layer("counts")) : Map.of();
    PythonModels.write(
        dir.resolve("model"), layers, Optional.empty(), dir.resolve("python"), IfExists.REFUSE);
  }

  /** The names in a pickle stand there as they are. */
  private static String pickle(Path folder) {
    try (TorchZip zip = TorchZip.open(folder.resolve("model.pt"))) {
      return new String(zip.pickle(), StandardCharsets.ISO_8859_1);
    }
  }

  private static Content content(Path folder) {
    try (TorchZip zip = TorchZip.open(folder.resolve("model.pt"))) {
      return new Content(PickleReader.read(zip.pickle(), "model.pt"), "model.pt", "");
    }
  }

  /** Compares value by value; tensors are compared elsewhere, by their elements. */
  private static void requireSame(Content golden, Content found) {
    switch (golden.value()) {
      case PyValue.Made made when made.is(PyNames.TENSOR) ->
          assertThat(found.argument(PyNames.TENSOR, 2).items())
              .hasSameSizeAs(golden.argument(PyNames.TENSOR, 2).items());
      case PyValue.Made made when made.is(PyNames.ARRAY) ->
          assertThat(NumpyArrays.texts(found))
              .as(golden.where())
              .isEqualTo(NumpyArrays.texts(golden));
      case PyValue.Made made when made.is(PyNames.FRAME) ->
          assertThat(PandasFrames.column(found))
              .as(golden.where())
              .isEqualTo(PandasFrames.column(golden));
      case PyValue.Dict _, PyValue.Made _ -> {
        Map<String, Content> all = golden.all();
        assertThat(found.all().keySet())
            .as(golden.where())
            .containsExactlyInAnyOrderElementsOf(all.keySet());
        all.forEach(
            (name, own) -> {
              if (!OF_A_RUN.contains(name)) {
                requireSame(own, found.all().get(name));
              }
            });
      }
      case PyValue.Sequence _ -> {
        assertThat(found.items()).as(golden.where()).hasSameSizeAs(golden.items());
        for (int i = 0; i < golden.items().size(); i++) {
          requireSame(golden.item(i), found.item(i));
        }
      }
      default -> assertThat(found.value()).as(golden.where()).isEqualTo(golden.value());
    }
  }
}
