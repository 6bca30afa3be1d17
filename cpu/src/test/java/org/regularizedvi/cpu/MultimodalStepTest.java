package org.regularizedvi.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecodersByModality;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.HorseshoeConfig;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.LatentPriorConfig;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.config.ZSparsityPrior;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.step.ComposedStep;
import org.regularizedvi.reference.torch.Tensors;

/** The fused step of several modalities, of which cells lack one or the other. */
final class MultimodalStepTest {
  private static final CovariateKeys KEYS =
      CovariateKeys.batch("batch")
          .withNnConditioning("donor", "one")
          .withNnContinuous("number")
          .withEncoder("donor");
  private static final int CELLS = 70;

  /** Every way to share a latent, with learned factors and unequal rates and dispersions. */
  static Stream<MultimodalConfig> configs() {
    return Stream.of(
            new LatentConfig(LatentMode.CONCATENATION, ModalityWeights.EQUAL),
            new LatentConfig(LatentMode.SINGLE_ENCODER, ModalityWeights.EQUAL),
            new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.EQUAL),
            new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.UNIVERSAL),
            new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.CELL))
        .map(latent -> config(latent, ScaleActivation.SOFTPLUS));
  }

  private static MultimodalConfig config(LatentConfig latent, ScaleActivation activation) {
    ModelConfig shared =
        TestCells.smallModel()
            .with(NetworkConfig.published().withSize(24, 6, 2))
            .with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2))
            .with(
                new GenerativeConfig(
                    Dispersion.GENE_BATCH,
                    LatentDistribution.NORMAL,
                    activation,
                    true,
                    true,
                    true,
                    DecoderConfig.defaults()));
    boolean mean = latent.mode() == LatentMode.WEIGHTED_MEAN;
    return new MultimodalConfig(
        shared,
        new MultimodalOptions(
            latent,
            Map.of("atac", 20),
            mean ? Map.of() : Map.of("atac", 4),
            Map.of("rna", 1),
            Map.of("atac", Dispersion.GENE),
            DecodersByModality.defaults(),
            new ModalityTerms(Optional.empty(), Optional.of(List.of("atac", "rna")), true, 5),
            Map.of("atac", 0.5)));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void agreesWithTheComposedStep(MultimodalConfig config) {
    requireAgreement(config);
  }

  @Test
  void agreesWithTheComposedStepUnderSoftmax() {
    LatentConfig latent = LatentConfig.defaults();
    requireAgreement(config(latent, ScaleActivation.SOFTMAX));
  }

  /** The golden cases cover none of these together. */
  static Stream<LatentPriorConfig> scalesOfZ() {
    HorseshoeConfig drawn = new HorseshoeConfig(HorseshoePrior.LOGNORMAL_MC, 0.8, 0.7, 0.2);
    HorseshoeConfig none = HorseshoeConfig.defaults();
    return Stream.of(
        new LatentPriorConfig(true, ZSparsityPrior.NONE, 2, false, 4, false, drawn),
        new LatentPriorConfig(false, ZSparsityPrior.NONE, 3, false, 4, true, none));
  }

  @ParameterizedTest
  @MethodSource("scalesOfZ")
  void agreesWithTheComposedStepUnderScalesOfZ(LatentPriorConfig prior) {
    for (LatentMode mode : List.of(LatentMode.CONCATENATION, LatentMode.WEIGHTED_MEAN)) {
      requireAgreement(with(prior, mode));
    }
  }

  /** The density's pole at zero makes much more of the last bit of a small z or hidden unit. */
  @Test
  void agreesWithTheComposedStepUnderSparsity() {
    LatentPriorConfig prior =
        new LatentPriorConfig(
            true, ZSparsityPrior.GAMMA, 6, true, 16, false, HorseshoeConfig.defaults());
    requireAgreement(with(prior, LatentMode.WEIGHTED_MEAN), 0.01);
  }

  private static MultimodalConfig with(LatentPriorConfig prior, LatentMode mode) {
    LatentConfig latent = new LatentConfig(mode, ModalityWeights.EQUAL);
    MultimodalConfig config = config(latent, ScaleActivation.SOFTPLUS);
    return new MultimodalConfig(config.shared().with(prior), config.options());
  }

  private static void requireAgreement(MultimodalConfig config) {
    requireAgreement(config, 1e-4);
  }

  private static void requireAgreement(MultimodalConfig config, double tolerance) {
    Map<String, float[]> composed = new LinkedHashMap<>();
    Map<String, float[]> fused = new LinkedHashMap<>();
    List<StepLosses> composedLosses =
        train(
            config,
            composed,
            network ->
                new ComposedStep(
                    network,
                    StepPlan.alone(CELLS, OptimiserConfig.published(), Precision.FLOAT32, 1)));
    List<StepLosses> fusedLosses =
        train(config, fused, network -> fused(network, Precision.FLOAT32, 2));
    for (int s = 0; s < composedLosses.size(); s++) {
      assertThat(fusedLosses.get(s).loss())
          .isCloseTo(composedLosses.get(s).loss(), Percentage.withPercentage(1e-3));
      assertThat(Arrays.stream(fusedLosses.get(s).reconstructionOf()).sum())
          .isCloseTo(
              composedLosses.get(s).cells().of(CellTerm.RECONSTRUCTION),
              Percentage.withPercentage(1e-3));
    }
    composed.forEach(
        (name, values) ->
            assertThat(worst(values, fused.get(name)))
                .as("%s, %s", name, config)
                .isLessThan(tolerance));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void bitsDoNotDependOnThreads(MultimodalConfig config) {
    for (Precision precision : CpuStepTest.precisions()) {
      Map<String, float[]> one = new LinkedHashMap<>();
      train(config, one, network -> fused(network, precision, 1));
      for (int threads : new int[] {2, 3}) {
        Map<String, float[]> more = new LinkedHashMap<>();
        train(config, more, network -> fused(network, precision, threads));
        one.forEach(
            (name, values) ->
                assertThat(more.get(name))
                    .as("%s with %d threads, %s", name, threads, precision)
                    .isEqualTo(values));
      }
    }
  }

  /** Half the rate moves a parameter half as far in the first step. */
  @Test
  void aModalityHasItsOwnLearningRate() {
    MultimodalConfig base = config(LatentConfig.defaults(), ScaleActivation.SOFTPLUS);
    MultimodalConfig plain = base.with(base.options().withModalityLrMultiplier(Map.of()));
    Map<String, float[]> start = new LinkedHashMap<>();
    Map<String, float[]> whole = new LinkedHashMap<>();
    Map<String, float[]> half = new LinkedHashMap<>();
    train(plain, start, 0, network -> fused(network, Precision.FLOAT32, 1));
    train(plain, whole, 1, network -> fused(network, Precision.FLOAT32, 1));
    train(base, half, 1, network -> fused(network, Precision.FLOAT32, 1));
    for (String name : start.keySet()) {
      float factor = name.contains("atac") ? 0.5f : 1;
      float[] from = start.get(name);
      for (int i = 0; i < from.length; i++) {
        float expected = from[i] + factor * (whole.get(name)[i] - from[i]);
        assertThat(half.get(name)[i])
            .as("%s [%d]", name, i)
            .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-6f));
      }
    }
  }

  private static TrainingStep fused(Network network, Precision precision, int threads) {
    return new CpuStep(
        network.model(),
        StepPlan.alone(CELLS, OptimiserConfig.published(), precision, threads),
        Products.here());
  }

  private static List<StepLosses> train(
      MultimodalConfig config,
      Map<String, float[]> parameters,
      Function<Network, TrainingStep> maker) {
    return train(config, parameters, 3, maker);
  }

  private static List<StepLosses> train(
      MultimodalConfig config,
      Map<String, float[]> parameters,
      int steps,
      Function<Network, TrainingStep> maker) {
    CellData data = TestCells.ofTwo(CELLS, KEYS);
    Minibatch minibatch = data.minibatchByGroup(IntStream.range(0, CELLS).toArray());
    List<StepLosses> losses = new ArrayList<>();
    try (Network network = network(data, config);
        TrainingStep step = maker.apply(network)) {
      for (int s = 0; s < steps; s++) {
        CounterNoise noise = new CounterNoise(new CounterRandom(3), s, minibatch.cells());
        losses.add(step.run(minibatch, noise, 0.5));
      }
      step.store();
      try (PointerScope _ = new PointerScope()) {
        network
            .parameters()
            .stored()
            .trained()
            .forEach(name -> parameters.put(name, Tensors.floats(network.parameters().get(name))));
      }
    }
    return losses;
  }

  private static Network network(CellData data, MultimodalConfig config) {
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    data.modalities().forEach(own -> features.put(own.name(), own.features().size()));
    NetworkSpec spec = NetworkSpec.of(config, features, CategoryCounts.of(data.schema()));
    LibraryPrior prior = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    List<ModalityPriors> priors =
        spec.modalities().stream()
            .map(
                own ->
                    new ModalityPriors(
                        prior,
                        config.shared().priors().dispersionHyperPrior(),
                        Optional.empty(),
                        Optional.of(CpuStepTest.widths(own.features()))))
            .toList();
    return Network.of(new Model(spec, priors, Parameters.start(ParameterLayout.ofAll(spec), 9)));
  }

  private static double worst(float[] expected, float[] found) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - found[i]));
    }
    return largest == 0 ? worst : worst / largest;
  }
}
