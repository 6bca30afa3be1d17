package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.regularizedvi.data.AnnDataFile;
import org.regularizedvi.data.CountChecks;
import org.regularizedvi.data.CountSource;
import org.regularizedvi.data.schema.CovariateKeys;
import org.regularizedvi.model.config.ModelConfig;
import org.regularizedvi.model.config.NetworkConfig;
import org.regularizedvi.model.config.PriorConfig;
import org.regularizedvi.model.config.TrainConfig;
import org.regularizedvi.model.train.TrainListener;

/**
 * Fits real cells as well as the Python package does: held-out ELBO of Kang PBMC (1,800 cells
 * trained, 200 held out), mean of three seeds. The Python package's seeds gave 2,169, 2,196 and
 * 2,176 with the uncentred library prior and 1,991 centred.
 */
@Tag("long")
final class KangFidelityTest {
  private static final Path KANG = Path.of("src/test/resources/kang");
  private static final int SEEDS = 3;

  @Test
  void centred() {
    assertThat(meanHeldOutElbo(OptionalDouble.of(1))).isLessThanOrEqualTo(1995);
  }

  @Test
  void uncentred() {
    assertThat(meanHeldOutElbo(OptionalDouble.empty())).isLessThanOrEqualTo(2196);
  }

  private static double meanHeldOutElbo(OptionalDouble centering) {
    double sum = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      sum += heldOut(centering, seed).elbo();
    }
    return sum / SEEDS;
  }

  private static Evaluation heldOut(OptionalDouble centering, long seed) {
    ModelConfig config =
        ModelConfig.published()
            .with(NetworkConfig.defaults().withSize(128, 30, 1))
            .with(PriorConfig.published().withCentering(centering));
    TrainConfig training =
        TrainConfig.defaults()
            .withMaxEpochs(80)
            .withBatchSize(256)
            .withTrainSize(1)
            .withNEpochsKlWarmup(20);
    CovariateKeys keys = CovariateKeys.batch("condition").withNnConditioning("condition");
    try (AnnDataFile train = AnnDataFile.open(KANG.resolve("kang_train.h5ad"));
        AnnDataFile test = AnnDataFile.open(KANG.resolve("kang_test.h5ad"))) {
      CellData data = CellData.read(train, keys, CountSource.x(), CountChecks.INTEGERS);
      try (AmbientRegularizedSCVI model =
          AmbientRegularizedSCVI.setup(data, config, seed, System.out::println)) {
        long start = System.nanoTime();
        model.train(data, training, TrainListener.silent());
        Evaluation held = model.evaluate(test, CountSource.x(), CountChecks.INTEGERS, seed);
        System.out.printf(
            "centred %s, seed %d: %s, %.0f s%n",
            centering.isPresent(), seed, held, (System.nanoTime() - start) / 1e9);
        return held;
      }
    }
  }
}
