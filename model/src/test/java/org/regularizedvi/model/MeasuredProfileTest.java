package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.AmbientProfiles;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.prior.AmbientPrior;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.kernel.special.Softplus;
import org.regularizedvi.training.TrainListener;

/** A model that knows the profile of ambient RNA, of which the cells here say nothing. */
final class MeasuredProfileTest {
  private static final CellData CELLS = TestCells.of(100, CovariateKeys.batch("batch"));
  private static final int GENES = TestCells.GENES;
  private static final TrainConfig TRAINING =
      TrainConfig.recommended().withMaxEpochs(20).withBatchSize(32).withNEpochsKlWarmup(2);

  /** No bias starts at a lower mean than a tenth of this. */
  private static final double LEAST_MEAN = 0.1;

  @TempDir private Path dir;

  /** Unlike in every category, and most in genes that have fewest counts. */
  static AmbientProfiles profiles() {
    float[] shares = new float[3 * GENES];
    for (int c = 0; c < 3; c++) {
      float sum = 0;
      for (int g = 0; g < GENES; g++) {
        shares[3 * g + c] = 1f / (1 + g % 40) * (g % (c + 2) == 0 ? 3 : 1);
        sum += shares[3 * g + c];
      }
      for (int g = 0; g < GENES; g++) {
        shares[3 * g + c] /= sum;
      }
    }
    return new AmbientProfiles(Map.of("", new FloatMatrix(GENES, 3, shares)));
  }

  private static AmbientRegularizedSCVI setup(AmbientProfiles profiles) {
    return AmbientRegularizedSCVI.setup(CELLS, TestCells.smallModel(), profiles, 7, _ -> {});
  }

  private static double correlation(FloatMatrix a, FloatMatrix b, int column) {
    double[] sums = new double[5];
    for (int g = 0; g < GENES; g++) {
      double x = a.at(g, column);
      double y = b.at(g, column);
      sums[0] += x / GENES;
      sums[1] += y / GENES;
      sums[2] += x * x / GENES;
      sums[3] += y * y / GENES;
      sums[4] += x * y / GENES;
    }
    return (sums[4] - sums[0] * sums[1])
        / Math.sqrt((sums[2] - sums[0] * sums[0]) * (sums[3] - sums[1] * sums[1]));
  }

  @Test
  void theBackgroundStartsAtTheProfileAndStaysThere() {
    FloatMatrix profile = profiles().of("").orElseThrow();
    try (AmbientRegularizedSCVI model = setup(profiles());
        AmbientRegularizedSCVI without = setup(AmbientProfiles.none())) {
      for (int c = 0; c < 3; c++) {
        FloatMatrix start = model.learnedTerms().background().orElseThrow().values();
        assertThat(correlation(start, profile, c)).isGreaterThan(0.999);
      }
      model.train(CELLS, TRAINING, TrainListener.silent());
      without.train(CELLS, TRAINING, TrainListener.silent());
      for (int c = 0; c < 3; c++) {
        FloatMatrix found = model.learnedTerms().background().orElseThrow().values();
        FloatMatrix free = without.learnedTerms().background().orElseThrow().values();
        assertThat(correlation(found, profile, c)).isGreaterThan(0.99);
        assertThat(correlation(free, profile, c)).isLessThan(0.5);
      }
    }
  }

  @Test
  void theDecoderStartsAtWhatIsLeft() {
    String bias = "decoder.px_scale_decoder.0.bias";
    try (AmbientRegularizedSCVI model = setup(profiles());
        AmbientRegularizedSCVI without = setup(AmbientProfiles.none())) {
      float[] own = model.fitted().parameters().values(bias);
      float[] all = without.fitted().parameters().values(bias);
      AmbientPrior prior = prior(model);
      int plain = 0;
      for (int g = 0; g < GENES; g++) {
        // Of 100 cells the first batch has 34.
        double ambient =
            0.34 * prior.mean(g, 0) + 0.33 * prior.mean(g, 1) + 0.33 * prior.mean(g, 2);
        double mean = Softplus.value(all[g]);
        double left = Math.max(mean - ambient, 0.05 * mean);
        if (left > LEAST_MEAN) {
          plain += left == mean - ambient ? 1 : 0;
          assertThat(Softplus.value(own[g]) / left).isCloseTo(1, within(1e-3));
        }
      }
      assertThat(plain).isGreaterThan(GENES / 2);
    }
  }

  @Test
  void aLoadedModelKnowsIt() {
    try (AmbientRegularizedSCVI model = setup(profiles())) {
      AmbientPrior before = prior(model);
      model.save(dir.resolve("model"), IfExists.REFUSE);
      try (AmbientRegularizedSCVI loaded = AmbientRegularizedSCVI.load(dir.resolve("model"))) {
        AmbientPrior after = prior(loaded);
        assertThat(after.shareGC().values()).isEqualTo(before.shareGC().values());
        for (int c = 0; c < 3; c++) {
          assertThat(after.levelC()[c] / before.levelC()[c]).isCloseTo(1, within(1e-6));
          assertThat(after.shapeWeightC()[c] / before.shapeWeightC()[c]).isCloseTo(1, within(1e-6));
          assertThat(after.levelWeightC()[c] / before.levelWeightC()[c]).isCloseTo(1, within(1e-6));
        }
      }
    }
  }

  @Test
  void aModelWithoutOneHasNone() {
    try (AmbientRegularizedSCVI model = setup(AmbientProfiles.none())) {
      model.save(dir.resolve("model"), IfExists.REFUSE);
      try (AmbientRegularizedSCVI loaded = AmbientRegularizedSCVI.load(dir.resolve("model"))) {
        assertThat(loaded.fitted().setup().modalities().getFirst().priors().ambient()).isEmpty();
      }
    }
  }

  private static AmbientPrior prior(RegularizedModel model) {
    return model.fitted().setup().modalities().getFirst().priors().ambient().orElseThrow();
  }
}
