package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.term.LearnedTerms;
import org.regularizedvi.training.TrainListener;

/** Where a model's parameters stand before training, and what a size factor leaves out. */
final class StartedModelTest {
  private static final int CELLS = 60;
  private static final CovariateKeys KEYS = CovariateKeys.batch("batch");

  @Test
  void backgroundStartsAtAShareOfEachBatchsMean() {
    CellData data = TestCells.of(CELLS, KEYS);
    LearnedTerms.Term background = started(data, TestCells.smallModel()).background().orElseThrow();
    SparseRows counts = data.counts().slice(0, CELLS);
    double[] totals = counts.totals();
    double meanTotal =
        IntStream.range(0, CELLS).mapToDouble(n -> totals[n]).average().orElseThrow();
    double[][] means = new double[TestCells.GENES][3];
    for (int n = 0; n < CELLS; n++) {
      for (int i = counts.indptr()[n]; i < counts.indptr()[n + 1]; i++) {
        means[counts.indices()[i]][n % 3] +=
            counts.values()[i] * meanTotal / totals[n] / (CELLS / 3);
      }
    }
    for (int g = 0; g < TestCells.GENES; g++) {
      for (int batch = 0; batch < 3; batch++) {
        double expected = Math.log(Math.max(0.15 * means[g][batch], 1e-8));
        assertThat(Math.log(background.values().at(g, batch)))
            .as("gene %d, batch %d", g, batch)
            .isCloseTo(expected, within(0.06)); // six times the noise
      }
    }
  }

  @Test
  void dispersionStartsAtItsPriorOrAtWhatTheCountsSay() {
    CellData data = TestCells.of(CELLS, KEYS);
    StartConfig fromData =
        new StartConfig(
            DecoderBias.NONE,
            OptionalDouble.empty(),
            false,
            DispersionInit.DATA,
            0.9,
            VarianceStartConfig.defaults(),
            EncoderStartConfig.defaults(),
            ValueStartConfig.defaults());
    float[] prior =
        started(data, TestCells.smallModel().with(StartConfig.published()))
            .dispersion()
            .values()
            .values();
    float[] moments =
        started(data, TestCells.smallModel().with(fromData)).dispersion().values().values();
    for (int i = 0; i < prior.length; i++) {
      assertThat(Math.log(prior[i])).isCloseTo(Math.log(9), within(0.6));
      assertThat(Math.log(moments[i])).isBetween(Math.log(0.01) - 0.6, Math.log(20) + 0.6);
    }
    assertThat(moments).isNotEqualTo(prior);
    for (int g = 0; g < TestCells.GENES; g++) {
      assertThat(Math.log(moments[3 * g]))
          .as("the groups of gene %d start together", g)
          .isCloseTo(Math.log(moments[3 * g + 1]), within(1.2));
    }
  }

  @Test
  void aModelKeepsTheDropoutThatItsNumberOfCellsAskedFor() {
    ModelConfig config = ModelConfig.recommended();
    try (AmbientRegularizedSCVI model =
        AmbientRegularizedSCVI.setup(
            TestCells.of(2_000, KEYS),
            config.with(config.network().withSize(8, 2, 1)),
            0,
            _ -> {})) {
      assertThat(model.config().network().dropoutRate()).hasValue(0.25);
    }
  }

  @Test
  void aSizeFactorLeavesNoWeightOfTheObservedTotal() {
    CovariateKeys keys = KEYS.withSizeFactor("factor");
    CellData data = TestCells.of(CELLS, keys);
    try (AmbientRegularizedSCVI model =
        AmbientRegularizedSCVI.setup(data, TestCells.smallModel(), 0, _ -> {})) {
      History history =
          model.train(data, TrainConfig.recommended().withMaxEpochs(1), TrainListener.silent());
      assertThat(history.metrics()).doesNotContain("library_obs_w");
      assertThat(history.last("kl_l_train")).isZero();
      assertThat(history.last("loss_train")).isFinite();
    }
  }

  @Test
  void presetsDifferInEveryPartThatTheySet() {
    ModelConfig recommended = ModelConfig.recommended();
    ModelConfig published = ModelConfig.published();
    assertThat(published.network()).isEqualTo(recommended.network().withDropout(0.1, true));
    assertThat(recommended.network().dropoutRate()).isEmpty();
    assertThat(published.generative()).isEqualTo(recommended.generative());
    assertThat(published.library().residualLibraryEncoder()).isFalse();
    assertThat(published.priors().libraryLogMeansCenteringSensitivity()).isEmpty();
    assertThat(published.starts().initDecoderBias()).isEqualTo(DecoderBias.NONE);
    assertThat(published.starts().bgInitGeneFraction()).isEmpty();
    assertThat(published.starts().dispersionInit()).isEqualTo(DispersionInit.PRIOR);
    assertThat(recommended.starts().dispersionInit()).isEqualTo(DispersionInit.DATA);
    assertThat(published.penalties().decoderWeightL2()).isZero();
    assertThat(recommended.library().residualLibraryEncoder()).isTrue();
    assertThat(recommended.priors().libraryLogMeansCenteringSensitivity()).hasValue(1);
    assertThat(recommended.starts().initDecoderBias()).isEqualTo(DecoderBias.MEAN);
    assertThat(recommended.starts().bgInitGeneFraction()).hasValue(0.15);
    assertThat(recommended.penalties().decoderWeightL2()).isEqualTo(0.1);
    assertThat(published.penalties().decoderLatentWeightL2()).isZero();
    assertThat(recommended.penalties().decoderLatentWeightL2()).isEqualTo(40);
  }

  private static LearnedTerms started(CellData data, ModelConfig config) {
    List<String> warnings = new ArrayList<>();
    try (AmbientRegularizedSCVI model =
        AmbientRegularizedSCVI.setup(data, config, 0, warnings::add)) {
      return model.learnedTerms();
    }
  }
}
