package org.regularizedvi.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SequencedMap;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.regularizedvi.answers.BackgroundShares;
import org.regularizedvi.answers.EvidenceLowerBound;
import org.regularizedvi.answers.FeatureReconstruction;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.result.LatentUse;
import org.regularizedvi.core.term.LibrarySize;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.ReferenceEngine;

/** What evaluation says beyond the loss, from the Python package's numbers. */
final class DiagnosisGoldenTest {
  private static final Path CASE =
      Path.of("../cpu/src/test/resources/golden/newer_single_defaults.h5");

  @Test
  void latentUse() throws IOException {
    try (GoldenCase golden = new GoldenCase(CASE);
        Computation computation = new ReferenceEngine().open(golden.network.model());
        Evaluator evaluator = computation.evaluator()) {
      LatentUse use =
          EvidenceLowerBound.of(evaluator, List.of(golden.minibatch), new CounterRandom(0))
              .latent();
      assertThat(use.activeDims())
          .isCloseTo(golden.numbers("/eval/loss/metric_n_active_dims")[0], within(1e-5));
      assertThat((double) use.anyActiveDims())
          .isEqualTo(golden.numbers("/eval/loss/metric_n_dims_any_active")[0]);
      double klZ = 0;
      for (double cell : golden.numbers("/eval/loss/kl_divergence_z")) {
        klZ += cell / golden.minibatch.size();
      }
      double sum = 0;
      for (double dimension : use.klPerDimension()) {
        sum += dimension;
      }
      assertThat(use.klPerDimension()).hasSize(5);
      assertThat(sum).isCloseTo(klZ, Percentage.withPercentage(1e-3));
    }
  }

  @Test
  void libraryWeight() throws IOException {
    try (GoldenCase golden = new GoldenCase(CASE)) {
      double w =
          new LibrarySize(golden.network.modalities().getFirst().spec())
              .readWeight(golden.network.model().parameters())
              .orElseThrow();
      assertThat(w).isCloseTo(golden.numbers("/eval/loss/metric_library_obs_w")[0], within(1e-6));
    }
  }

  /** Background counts are those expected, px_rate, less exp(library) px_scale y. */
  @Test
  void backgroundSharesAndFeatures() throws IOException {
    try (GoldenCase golden = new GoldenCase(CASE);
        Computation computation = new ReferenceEngine().open(golden.network.model());
        Evaluator evaluator = computation.evaluator();
        EvaluationPass pass = evaluator.pass(golden.minibatch, golden.noise("/eval/noise"));
        BackgroundShares backgroundShares = new BackgroundShares(computation, 0);
        FeatureReconstruction reconstruction = new FeatureReconstruction(computation, 0)) {
      double[] rate = golden.numbers("/eval/output/px_rate");
      double[] scale = golden.numbers("/eval/output/px_scale");
      double[] library = golden.numbers("/eval/output/library");
      double[] scaling = golden.numbers("/parameters/feature_scaling");
      double[] logProbability = golden.numbers("/eval/output/log_prob");
      int[] batch = golden.minibatch.covariates().codes(Purpose.AMBIENT)[0];
      int[] group = golden.minibatch.covariates().codes(Purpose.FEATURE_SCALING)[0];
      int genes = 30;
      double[] background = new double[2];
      double[] expected = new double[2];
      double[] features = new double[genes];
      for (int n = 0; n < batch.length; n++) {
        for (int g = 0; g < genes; g++) {
          int at = n * genes + g;
          double y = ScalingFactor.value(scaling[group[n] * genes + g]);
          background[batch[n]] += rate[at] - Math.exp(library[n]) * scale[at] * y;
          expected[batch[n]] += rate[at];
          features[g] -= logProbability[at] / batch.length;
        }
      }
      SequencedMap<String, Double> shares =
          backgroundShares.of(golden.minibatch, pass).shares(List.of("a", "b"));
      assertThat(shares).hasSize(2);
      assertThat(shares.get("a")).isCloseTo(background[0] / expected[0], within(1e-5));
      assertThat(shares.get("b")).isCloseTo(background[1] / expected[1], within(1e-5));
      GoldenTest.near(
          "reconstruction of features",
          features,
          reconstruction.of(golden.minibatch, pass).means(),
          GoldenTest.TERMS);
    }
  }
}
