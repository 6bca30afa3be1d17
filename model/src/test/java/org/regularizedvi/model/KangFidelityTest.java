package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.result.Evaluation;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.training.TrainListener;

/**
 * Fits real cells as well as the Python package does: held-out ELBO of Kang PBMC (1,800 cells
 * trained, 200 held out), mean of three seeds. The Python package's seeds gave 2,169, 2,196 and
 * 2,176 as published, 1,991 published with the library prior centred, and 1,888 and 1,894 in the
 * later version whose defaults are the recommended preset.
 */
@Tag("long")
final class KangFidelityTest {
  private static final Path KANG = Path.of("src/test/resources/kang");
  private static final int SEEDS = 3;

  @Test
  void recommended() {
    assertThat(meanHeldOutElbo(ModelConfig.recommended(), TrainConfig.recommended(), 80))
        .isLessThanOrEqualTo(1848);
  }

  @Test
  void recommendedInHalfTheEpochs() {
    assertThat(meanHeldOutElbo(ModelConfig.recommended(), TrainConfig.recommended(), 40))
        .isLessThanOrEqualTo(1862);
  }

  /** The Python package's newer version: beyond.md has 1,888 and 1,894 of it. */
  @Test
  void newer() {
    ModelConfig newer =
        ModelConfig.recommended()
            .with(NetworkConfig.published())
            .with(new PenaltyConfig(0.1, 0, 0, 0))
            .with(
                new StartConfig(
                    DecoderBias.MEAN,
                    OptionalDouble.of(0.2),
                    false,
                    DispersionInit.PRIOR,
                    0.9,
                    VarianceStartConfig.defaults(),
                    EncoderStartConfig.defaults(),
                    ValueStartConfig.defaults()));
    assertThat(meanHeldOutElbo(newer, TrainConfig.published(), 80)).isLessThanOrEqualTo(1893);
  }

  @Test
  void publishedAndCentred() {
    ModelConfig centred =
        ModelConfig.published().with(PriorConfig.published().withCentering(OptionalDouble.of(1)));
    assertThat(meanHeldOutElbo(centred, TrainConfig.published(), 80)).isLessThanOrEqualTo(1995);
  }

  @Test
  void published() {
    assertThat(meanHeldOutElbo(ModelConfig.published(), TrainConfig.published(), 80))
        .isLessThanOrEqualTo(2196);
  }

  private static double meanHeldOutElbo(ModelConfig config, TrainConfig training, int epochs) {
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      sum +=
          heldOut(
                  config.with(config.network().withSize(128, 30, 1)),
                  training
                      .withMaxEpochs(epochs)
                      .withBatchSize(256)
                      .withTrainSize(1)
                      .withNEpochsKlWarmup(epochs / 4),
                  seed)
              .elbo();
    }
    return sum / SEEDS;
  }

  private static Evaluation heldOut(ModelConfig config, TrainConfig training, long seed) {
    CovariateKeys keys = CovariateKeys.batch("condition").withNnConditioning("condition");
    try (AnnDataFile train = AnnDataFile.open(KANG.resolve("kang_train.h5ad"));
        AnnDataFile test = AnnDataFile.open(KANG.resolve("kang_test.h5ad"))) {
      CellData data =
          CellData.read(new AnnDataCells(train, CountSource.x(), CountChecks.INTEGERS), keys);
      try (AmbientRegularizedSCVI model =
          AmbientRegularizedSCVI.setup(data, config, seed, System.out::println)) {
        long start = System.nanoTime();
        model.train(data, training, TrainListener.silent());
        Evaluation held =
            model.evaluate(new AnnDataCells(test, CountSource.x(), CountChecks.INTEGERS), seed);
        System.out.printf(
            "%s, centred %s, seed %d: %s, %.0f s%n",
            config.preset(),
            config.priors().libraryLogMeansCenteringSensitivity().isPresent(),
            seed,
            held,
            (System.nanoTime() - start) / 1e9);
        return held;
      }
    }
  }
}
