package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.NormalisedNetworks;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.store.StoredModel;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.TrainListener;

/**
 * A model of 60 cells of two batches and one donor, extended by 30 of a third batch and a second
 * donor.
 */
final class ExtendedModelTest {
  private static final int OLD = 60;
  private static final int ALL = 90;
  private static final TrainConfig TRAINING =
      TrainConfig.recommended().withMaxEpochs(4).withBatchSize(16);

  /** Every purpose, some of several keys. */
  private static final CovariateKeys KEYS =
      CovariateKeys.none()
          .withAmbient("batch", "donor")
          .withDispersion("batch")
          .withLibrarySize("batch")
          .withNnConditioning("donor")
          .withFeatureScaling("donor", "batch")
          .withEncoder("donor", "batch")
          .withNnContinuous("number");

  @TempDir Path dir;

  private CellSource cells(String name, int from, int to) {
    Path file = dir.resolve(name);
    String[] batch = new String[to - from];
    String[] donor = new String[to - from];
    double[] number = new double[to - from];
    List<String> names = new ArrayList<>();
    for (int n = from; n < to; n++) {
      batch[n - from] = n < OLD ? "b" + n % 2 : "a new one";
      donor[n - from] = n < OLD ? "d" : "another";
      number[n - from] = n % 5;
      names.add("cell" + n);
    }
    CellData data = TestCells.of(ALL, CovariateKeys.batch("batch"));
    Formats.write(
        file,
        NewCells.ofOne(
            data.counts().inOrder(IntStream.range(from, to).toArray()),
            names,
            data.features(),
            List.of(
                new Addition.ObsColumn("batch", new Column.Text(batch)),
                new Addition.ObsColumn("donor", new Column.Text(donor)),
                new Addition.ObsColumn("number", new Column.Numbers(number, true)))),
        IfExists.REFUSE);
    return Formats.open(file);
  }

  private static ModelConfig config(NormalisedNetworks batchNorm) {
    return TestCells.smallModel()
        .with(
            NetworkConfig.published()
                .withSize(128, 6, 2)
                .withNormalisation(NormalisedNetworks.BOTH, batchNorm));
  }

  private static AmbientRegularizedSCVI trained(
      CellSource old, CovariateKeys keys, ModelConfig config) {
    CellData data = CellData.read(old, keys);
    AmbientRegularizedSCVI model = AmbientRegularizedSCVI.setup(data, config, 7, _ -> {});
    model.train(data, TRAINING, TrainListener.silent());
    return model;
  }

  private static RegularizedModel extended(RegularizedModel model, CellSource all) {
    return model.extend(all, TRAINING, TrainListener.silent(), _ -> {});
  }

  @ParameterizedTest
  @EnumSource(
      value = NormalisedNetworks.class,
      names = {"NONE", "BOTH"})
  void cellsOfKnownCategoriesKeepTheirBits(NormalisedNetworks batchNorm) {
    try (CellSource old = cells("old.h5ad", 0, OLD);
        CellSource all = cells("all.h5ad", 0, ALL);
        CellSource few = cells("few.h5ad", OLD - 3, ALL);
        RegularizedModel model = trained(old, KEYS, config(batchNorm));
        RegularizedModel extended = extended(model, all)) {
      Embedding before = model.embed(old);
      Embedding after = extended.embed(old);
      assertThat(after.latent().values()).isEqualTo(before.latent().values());
      assertThat(library(after)).isEqualTo(library(before));
      Embedding together = extended.embed(all);
      assertThat(rows(together.latent(), OLD)).isEqualTo(before.latent().values());
      assertThat(Arrays.copyOf(library(together), OLD)).isEqualTo(library(before));
      float[] last = Arrays.copyOfRange(before.latent().values(), (OLD - 3) * 6, OLD * 6);
      assertThat(rows(extended.embed(few).latent(), 3)).isEqualTo(last);
      assertThat(extended.evaluate(old, 3).elbo()).isEqualTo(model.evaluate(old, 3).elbo());
    }
  }

  private static double[] library(Embedding embedding) {
    return embedding.modalities().getFirst().librarySize();
  }

  private static float[] rows(FloatMatrix matrix, int rows) {
    return Arrays.copyOf(matrix.values(), rows * matrix.columns());
  }

  /** Where old and new entries stand is written out here by hand. */
  @Test
  void parametersOfNewCategoriesMoveAndNoOthers() {
    try (CellSource old = cells("old.h5ad", 0, OLD);
        CellSource all = cells("all.h5ad", 0, ALL);
        RegularizedModel model = trained(old, KEYS, config(NormalisedNetworks.BOTH));
        RegularizedModel extended = extended(model, all)) {
      StoredModel before = saved(model, "before");
      StoredModel after = saved(extended, "after");
      assertThat(after.setup().schema().mappings().get("batch").categories())
          .containsExactly("b0", "b1", "a new one");
      int genes = TestCells.GENES;
      int[] oneHot = {-1, -1, 0, 1, -1};
      int[] kept = {0, 1, -1, 2, -1};
      SequencedMap<String, Safetensors.Entry> was = before.tensors();
      SequencedMap<String, Safetensors.Entry> is = after.tensors();
      assertThat(is.keySet()).containsExactlyElementsOf(was.keySet());
      for (String name : was.keySet()) {
        switch (name) {
          case "additive_background" -> assertColumns(was, is, name, kept);
          case "px_r_mu", "px_r_log_sigma" -> assertColumns(was, is, name, 0, 1, -1);
          case "dispersion_prior_rate_raw" ->
              assertThat(Arrays.copyOf(is.get(name).values(), 2)).isEqualTo(was.get(name).values());
          case "feature_scaling" -> {
            float[] rows = was.get(name).values();
            float[] found = is.get(name).values();
            assertThat(found).hasSize(5 * genes);
            assertThat(Arrays.copyOf(found, genes)).isEqualTo(Arrays.copyOf(rows, genes));
            assertThat(Arrays.copyOfRange(found, 2 * genes, 4 * genes))
                .isEqualTo(Arrays.copyOfRange(rows, genes, 3 * genes));
          }
          default -> {
            boolean decoder = name.startsWith("decoder.px_decoder") && name.endsWith(".0.weight");
            boolean encoder = name.contains("encoder.fc_layers") && name.endsWith(".1.weight");
            if (encoder) {
              assertColumns(was, is, name, behind(was.get(name).shape()[1] - 2, oneHot));
              assertZero(is, name, was.get(name).shape()[1] - 2);
            } else if (decoder) {
              assertColumns(was, is, name, behind(was.get(name).shape()[1], -1, -1));
              assertZero(is, name, was.get(name).shape()[1]);
            } else {
              assertThat(is.get(name).values()).as(name).isEqualTo(was.get(name).values());
            }
          }
        }
      }
      assertThat(extended.history().last("loss_train"))
          .isLessThan(extended.history().of("loss_train")[0]);
      assertThat(extended.trainConfig()).contains(TRAINING);
      assertThat(Arrays.copyOf(priors(after).logMeans(), 2)).isEqualTo(priors(before).logMeans());
    }
  }

  private static org.regularizedvi.core.term.LibraryPrior priors(StoredModel model) {
    return model.setup().modalities().getFirst().priors().library();
  }

  private static int[] behind(long inputs, int... oneHot) {
    return IntStream.concat(
            IntStream.range(0, (int) inputs),
            IntStream.of(oneHot).map(c -> c < 0 ? -1 : (int) inputs + c))
        .toArray();
  }

  /**
   * @param oldColumn for every column the one it was before, -1 for none
   */
  private static void assertColumns(
      SequencedMap<String, Safetensors.Entry> was,
      SequencedMap<String, Safetensors.Entry> is,
      String name,
      int... oldColumn) {
    float[] old = was.get(name).values();
    float[] found = is.get(name).values();
    int oldColumns = (int) was.get(name).shape()[1];
    assertThat(is.get(name).shape()[1]).as(name).isEqualTo(oldColumn.length);
    float[] expected = found.clone();
    for (int i = 0; i < found.length; i++) {
      int column = oldColumn[i % oldColumn.length];
      if (column >= 0) {
        expected[i] = old[i / oldColumn.length * oldColumns + column];
      }
    }
    assertThat(found).as(name).isEqualTo(expected);
    int last = oldColumn.length - 1;
    float[] started = new float[found.length / oldColumn.length];
    float[] moved = new float[started.length];
    for (int row = 0; row < started.length; row++) {
      moved[row] = found[row * oldColumn.length + last];
    }
    assertThat(moved).as(name + ", the new category").isNotEqualTo(started);
  }

  private static void assertZero(
      SequencedMap<String, Safetensors.Entry> is, String name, long column) {
    float[] found = is.get(name).values();
    int columns = (int) is.get(name).shape()[1];
    for (int row = 0; row < found.length / columns; row++) {
      assertThat(found[row * columns + (int) column]).as(name).isZero();
    }
  }

  private StoredModel saved(RegularizedModel model, String name) {
    model.save(dir.resolve(name), IfExists.REFUSE);
    return ModelDirectory.read(dir.resolve(name));
  }

  @Test
  void isSavedAndExtendedAgain() {
    Path folder = dir.resolve("model");
    try (CellSource old = cells("old.h5ad", 0, OLD);
        CellSource all = cells("all.h5ad", 0, ALL);
        CellSource fewer = cells("fewer.h5ad", OLD + 10, ALL);
        RegularizedModel model =
            trained(old, CovariateKeys.batch("batch"), config(NormalisedNetworks.NONE));
        RegularizedModel extended = extended(model, fewer)) {
      extended.save(folder, IfExists.REFUSE);
      try (RegularizedModel loaded = RegularizedModel.load(folder)) {
        assertThat(loaded.embed(all).latent().values())
            .isEqualTo(extended.embed(all).latent().values());
        assertThat(loaded.learnedTerms("").background().orElseThrow().columns())
            .containsExactly("b0", "b1", "a new one");
        assertThatThrownBy(() -> extended(loaded, all))
            .isInstanceOf(InputException.class)
            .hasMessage(
                "%s has no category that the model has not seen; expected one to extend it by."
                    .formatted(all.cells().source()));
      }
    }
  }

  @Test
  void whereOnlyAPriorIsNewNothingIsTrained() {
    GenerativeConfig plain =
        new GenerativeConfig(
            Dispersion.GENE,
            LatentDistribution.NORMAL,
            ScaleActivation.SOFTPLUS,
            false,
            false,
            false,
            DecoderConfig.defaults());
    List<String> warnings = new ArrayList<>();
    try (CellSource old = cells("old.h5ad", 0, OLD);
        CellSource all = cells("all.h5ad", 0, ALL);
        RegularizedModel model =
            trained(old, CovariateKeys.batch("batch"), TestCells.smallModel().with(plain));
        RegularizedModel extended =
            model.extend(all, TRAINING, TrainListener.silent(), warnings::add)) {
      assertThat(warnings)
          .containsExactly(
              "New categories have no learned parameters in this model, only a library size prior: nothing is trained.");
      assertThat(saved(extended, "extended").setup().modalities().getFirst().priors())
          .extracting(priors -> priors.library().logMeans().length)
          .isEqualTo(3);
      assertThat(extended.history().epochs()).isEqualTo(model.history().epochs());
      assertThat(extended.evaluate(all, 1).elbo()).isFinite();
    }
  }

  @Test
  void aNewCategoryOfASingleCellHasNoLibraryPrior() {
    try (CellSource old = cells("old.h5ad", 0, OLD);
        CellSource one = cells("one.h5ad", 0, OLD + 1);
        RegularizedModel model =
            trained(old, CovariateKeys.batch("batch"), TestCells.smallModel())) {
      assertThatThrownBy(() -> extended(model, one))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "The library size prior needs cells of different total counts in every category of 'batch', but 'a new one' has a single cell; merge it with another category or leave it out.");
    }
  }

  @Test
  void sameSeedSameBits() {
    try (CellSource old = cells("old.h5ad", 0, OLD);
        CellSource all = cells("all.h5ad", 0, ALL);
        RegularizedModel model = trained(old, KEYS, config(NormalisedNetworks.NONE));
        RegularizedModel once = extended(model, all);
        RegularizedModel again = extended(model, all)) {
      assertThat(once.embed(all).latent().values()).isEqualTo(again.embed(all).latent().values());
    }
  }
}
