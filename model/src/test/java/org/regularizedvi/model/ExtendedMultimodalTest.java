package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.NewModality;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.training.TrainListener;

/** A model of two modalities extended by a batch: 60 cells of two batches, 30 of a third. */
final class ExtendedMultimodalTest {
  private static final int OLD = 60;
  private static final int ALL = 90;
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch").withNnConditioning("batch").withEncoder("batch");
  private static final TrainConfig TRAINING =
      TrainConfig.recommended().withMaxEpochs(3).withBatchSize(16);

  @TempDir Path dir;

  /** Some cells lack a modality. */
  private CellSource cells(String file, int count) {
    CellData data = TestCells.ofTwo(ALL, CovariateKeys.batch("batch"));
    int[] rows = IntStream.range(0, count).toArray();
    List<String> names = Arrays.stream(rows).mapToObj(n -> "cell" + n).toList();
    String[] batch =
        Arrays.stream(rows).mapToObj(n -> n < OLD ? "b" + n % 2 : "new").toArray(String[]::new);
    List<NewModality> modalities = new ArrayList<>();
    for (ModalityCounts own : data.modalities()) {
      modalities.add(
          new NewModality(
              own.name(), own.counts().inOrder(rows), names, own.features(), List.of()));
    }
    Path path = dir.resolve(file);
    Formats.write(
        path,
        new NewCells(modalities, List.of(new Addition.ObsColumn("batch", new Column.Text(batch)))),
        IfExists.REFUSE);
    return Formats.open(path);
  }

  @ParameterizedTest
  @EnumSource(LatentMode.class)
  void cellsOfKnownCategoriesKeepTheirBits(LatentMode mode) {
    LatentConfig latent =
        new LatentConfig(
            mode, mode == LatentMode.WEIGHTED_MEAN ? ModalityWeights.CELL : ModalityWeights.EQUAL);
    MultimodalConfig config =
        new MultimodalConfig(
            TestCells.smallModel(),
            MultimodalOptions.defaults()
                .with(latent)
                .with(new ModalityTerms(Optional.empty(), Optional.empty(), true, 5)));
    try (CellSource old = cells("old.h5mu", OLD);
        CellSource all = cells("all.h5mu", ALL)) {
      CellData data = CellData.read(old, KEYS);
      try (RegularizedModel model = RegularizedMultimodalVI.setup(data, config, 7, _ -> {})) {
        model.train(data, TRAINING, TrainListener.silent());
        try (RegularizedModel extended =
            model.extend(all, TRAINING, TrainListener.silent(), _ -> {})) {
          assertSame(extended.embed(old), model.embed(old));
          assertSame(extended.embed(all), model.embed(old));
          assertThat(extended.evaluate(old, 3).elbo()).isEqualTo(model.evaluate(old, 3).elbo());
          FloatMatrix before = model.learnedTerms("rna").background().orElseThrow().values();
          FloatMatrix after = extended.learnedTerms("rna").background().orElseThrow().values();
          assertThat(after.columns()).isEqualTo(3);
          for (int g = 0; g < after.rows(); g++) {
            assertThat(after.at(g, 0)).isEqualTo(before.at(g, 0));
            assertThat(after.at(g, 1)).isEqualTo(before.at(g, 1));
            assertThat(after.at(g, 2)).isPositive();
          }
          assertThat(extended.history().last("loss_train"))
              .isLessThan(extended.history().of("loss_train")[0]);
        }
      }
    }
  }

  /** NaN equals NaN, where a cell lacks the modality. */
  private static void assertSame(Embedding found, Embedding expected) {
    int values = expected.latent().values().length;
    assertThat(Arrays.copyOf(found.latent().values(), values))
        .isEqualTo(expected.latent().values());
    for (int m = 0; m < 2; m++) {
      assertThat(Arrays.copyOf(found.modalities().get(m).librarySize(), OLD))
          .isEqualTo(expected.modalities().get(m).librarySize());
    }
  }
}
