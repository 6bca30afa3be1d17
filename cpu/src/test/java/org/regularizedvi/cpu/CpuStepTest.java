package org.regularizedvi.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecoderType;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ExtendedTensor;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.answer.NetworkEvaluator;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Evaluator;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.step.ComposedStep;
import org.regularizedvi.reference.torch.Tensors;

final class CpuStepTest {
  static final CovariateKeys KEYS =
      CovariateKeys.batch("batch")
          .withNnConditioning("donor", "one")
          .withNnContinuous("number")
          .withEncoder("donor");
  private static final int CELLS = 70;

  /** Enough for several blocks of rows, of unequal size. */
  private static final int MANY_CELLS = 601;

  /**
   * More genes than a tile, several groups, covariates of all kinds: beyond what the golden cases
   * cover.
   */
  @ParameterizedTest
  @EnumSource(ScaleActivation.class)
  void agreesWithTheComposedStep(ScaleActivation activation) {
    for (Dispersion dispersion : Dispersion.values()) {
      ModelConfig config =
          TestCells.smallModel()
              .with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2))
              .with(
                  new GenerativeConfig(
                      dispersion,
                      LatentDistribution.NORMAL,
                      activation,
                      true,
                      true,
                      true,
                      DecoderConfig.defaults()));
      Map<String, float[]> composed = new LinkedHashMap<>();
      Map<String, float[]> fused = new LinkedHashMap<>();
      List<StepLosses> composedLosses =
          train(CELLS, config, composed, 3, network -> composed(network));
      List<StepLosses> fusedLosses =
          train(CELLS, config, fused, 3, network -> fused(network, Precision.FLOAT32, 2));
      for (int s = 0; s < composedLosses.size(); s++) {
        assertThat(fusedLosses.get(s).loss())
            .isCloseTo(
                composedLosses.get(s).loss(),
                org.assertj.core.data.Percentage.withPercentage(1e-3));
      }
      composed.forEach(
          (name, values) ->
              assertThat(worst(values, fused.get(name)))
                  .as("%s, %s", name, config)
                  .isLessThan(1e-4));
    }
  }

  @ParameterizedTest
  @EnumSource(Dispersion.class)
  void burstsAgreeWithTheComposedStep(Dispersion dispersion) {
    ModelConfig config =
        TestCells.smallModel()
            .with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2))
            .with(
                new GenerativeConfig(
                    dispersion,
                    LatentDistribution.NORMAL,
                    ScaleActivation.SOFTPLUS,
                    true,
                    true,
                    true,
                    DecoderConfig.defaults().with(DecoderType.BURST_FREQUENCY_SIZE)));
    Map<String, float[]> composed = new LinkedHashMap<>();
    Map<String, float[]> fused = new LinkedHashMap<>();
    Map<String, float[]> threads = new LinkedHashMap<>();
    List<StepLosses> expected = train(CELLS, config, composed, 3, network -> composed(network));
    List<StepLosses> found =
        train(CELLS, config, fused, 3, network -> fused(network, Precision.FLOAT32, 1));
    train(CELLS, config, threads, 3, network -> fused(network, Precision.FLOAT32, 3));
    for (int s = 0; s < expected.size(); s++) {
      assertThat(found.get(s).loss()).isCloseTo(expected.get(s).loss(), withinPercentage(1e-3));
    }
    composed.forEach(
        (name, values) -> assertThat(worst(values, fused.get(name))).as(name).isLessThan(1e-4));
    fused.forEach((name, values) -> assertThat(threads.get(name)).as(name).isEqualTo(values));
  }

  @Test
  void blocksOfRowsAgreeWithTheComposedStep() {
    Map<String, float[]> composed = new LinkedHashMap<>();
    Map<String, float[]> fused = new LinkedHashMap<>();
    ModelConfig config = TestCells.smallModel().with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2));
    List<StepLosses> expected =
        train(MANY_CELLS, config, composed, 3, network -> composed(network));
    List<StepLosses> found =
        train(MANY_CELLS, config, fused, 3, network -> fused(network, Precision.FLOAT32, 2));
    for (int s = 0; s < expected.size(); s++) {
      assertThat(found.get(s).loss()).isCloseTo(expected.get(s).loss(), withinPercentage(1e-3));
      assertThat(found.get(s).cells().of(CellTerm.KL_Z))
          .isCloseTo(expected.get(s).cells().of(CellTerm.KL_Z), withinPercentage(1e-3));
      assertThat(found.get(s).activeDims()).isCloseTo(expected.get(s).activeDims(), within(0.01));
    }
    composed.forEach(
        (name, values) -> assertThat(worst(values, fused.get(name))).as(name).isLessThan(1e-4));
  }

  /** The precisions of products that this processor has. */
  static List<Precision> precisions() {
    return Products.here().takes(ElementType.BFLOAT16)
        ? List.of(Precision.FLOAT32, Precision.BFLOAT16)
        : List.of(Precision.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(ints = {CELLS, MANY_CELLS})
  void bitsDoNotDependOnThreads(int cells) {
    for (Precision precision : precisions()) {
      Map<String, float[]> one = new LinkedHashMap<>();
      train(cells, TestCells.smallModel(), one, 3, network -> fused(network, precision, 1));
      for (int threads : new int[] {2, 3, 5}) {
        Map<String, float[]> more = new LinkedHashMap<>();
        train(
            cells, TestCells.smallModel(), more, 3, network -> fused(network, precision, threads));
        one.forEach(
            (name, values) ->
                assertThat(more.get(name))
                    .as("%s with %d threads, %s", name, threads, precision)
                    .isEqualTo(values));
      }
    }
  }

  @Test
  void memoryStaysFlatOverAThousandSteps() throws IOException {
    CellData data = TestCells.of(CELLS, KEYS);
    ModelConfig config = TestCells.smallModel();
    try (Network network = network(data, config);
        TrainingStep step = fused(network, Precision.FLOAT32, 2)) {
      Minibatch minibatch = minibatch(data);
      run(step, minibatch, 0, 200);
      long heapBefore = heapInUse();
      long before = residentKilobytes();
      long tensorsBefore = Pointer.totalCount();
      run(step, minibatch, 200, 1000);
      assertThat(heapInUse() - heapBefore).as("growth in bytes of what lives").isLessThan(1 << 20);
      assertThat(Pointer.totalCount() - tensorsBefore)
          .as("native objects left over")
          .isLessThan(50);
      // The collector gives memory back or keeps it as it likes: a matrix of cells x genes a step
      // would not fit.
      assertThat(residentKilobytes() - before)
          .as("growth in kB over 1,000 steps")
          .isLessThan(100 << 10);
    }
  }

  private static long heapInUse() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Theta is at its median in passes, whatever a step has drawn before. */
  @ParameterizedTest
  @EnumSource(Dispersion.class)
  void passesKnowNothingOfTheStepBefore(Dispersion dispersion) {
    ModelConfig config =
        TestCells.smallModel()
            .with(
                new GenerativeConfig(
                    dispersion,
                    LatentDistribution.NORMAL,
                    ScaleActivation.SOFTPLUS,
                    true,
                    true,
                    true,
                    DecoderConfig.defaults()));
    CellData data = TestCells.of(CELLS, KEYS);
    Minibatch minibatch = minibatch(data);
    CounterNoise noise =
        new CounterNoise(new CounterRandom(3), CounterNoise.EVALUATION, minibatch.cells());
    try (Network network = network(data, config);
        TrainingStep step = fused(network, Precision.FLOAT32, 2)) {
      run(step, minibatch, 0, 1);
      step.store();
      try (Evaluator fresh = new NetworkEvaluator(network.model(), Products.here(), 2);
          EvaluationPass wanted = fresh.pass(minibatch, noise);
          EvaluationPass found = step.pass(minibatch, noise)) {
        assertThat(found.reconstructionN()).isEqualTo(wanted.reconstructionN());
      }
    }
  }

  /** Of an extended model the entries of new categories move as they would if all moved. */
  @Test
  void newCategoriesMoveAsTheyWouldInTraining() {
    CellData data = TestCells.of(CELLS, KEYS);
    ModelConfig config = TestCells.smallModel();
    ModalitySpec spec = spec(config, CategoryCounts.of(data.schema()));
    int[] single = {1, 1};
    ModalitySpec before =
        spec(
            config,
            new CategoryCounts(
                new int[] {2}, single, single, new int[] {1}, new int[] {2}, 2, 2, 1));
    List<ParameterSpec> whole = ParameterLayout.ofAll(NetworkSpec.single(spec));
    List<ParameterSpec> old = ParameterLayout.ofAll(NetworkSpec.single(before));
    List<ExtendedTensor> extended = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    try (Parameters start = Parameters.start(old, 4)) {
      for (int i = 0; i < whole.size(); i++) {
        float[] known = start.values(old.get(i).name());
        extended.add(ExtendedTensor.of(old.get(i), whole.get(i), known));
        values.add(extended.get(i).values());
      }
    }
    List<ParameterSpec> parts = extended.stream().map(ExtendedTensor::spec).toList();
    Maker fused = network -> fused(network, Precision.FLOAT32, 2);
    Maker composed = network -> composed(network);
    for (Maker maker : List.of(fused, composed)) {
      List<float[]> all = oneStep(data, spec, Parameters.of(whole, values), maker);
      List<float[]> some = oneStep(data, spec, Parameters.of(parts, values), maker);
      for (int i = 0; i < whole.size(); i++) {
        float[] expected = values.get(i).clone();
        if (parts.get(i).part().isPresent()) {
          for (int entry : parts.get(i).part().get().entries(parts.get(i).shape())) {
            assertThat(all.get(i)[entry]).as(whole.get(i).name()).isNotEqualTo(expected[entry]);
            expected[entry] = all.get(i)[entry];
          }
        }
        assertThat(some.get(i)).as(whole.get(i).name()).containsExactly(expected, within(1e-6f));
      }
    }
    assertThat(parts.stream().filter(part -> part.part().isPresent()).map(ParameterSpec::name))
        .hasSize(8);
  }

  private static List<float[]> oneStep(
      CellData data, ModalitySpec spec, Parameters parameters, Maker maker) {
    try (Network network = network(spec, parameters);
        TrainingStep step = maker.of(network)) {
      run(step, minibatch(data), 0, 1);
      step.store();
      return parameters.specs().stream().map(own -> parameters.values(own.name())).toList();
    }
  }

  private interface Maker {
    TrainingStep of(Network network);
  }

  private static TrainingStep composed(Network network) {
    return new ComposedStep(
        network, StepPlan.alone(CELLS, OptimiserConfig.published(), Precision.FLOAT32, 1));
  }

  private static TrainingStep fused(Network network, Precision precision, int threads) {
    return new CpuStep(
        network.model(),
        StepPlan.alone(CELLS, OptimiserConfig.published(), precision, threads),
        Products.here());
  }

  private static List<StepLosses> train(
      int cells, ModelConfig config, Map<String, float[]> parameters, int steps, Maker maker) {
    CellData data = TestCells.of(cells, KEYS);
    try (Network network = network(data, config);
        TrainingStep step = maker.of(network)) {
      List<StepLosses> losses = run(step, minibatch(data), 0, steps);
      step.store();
      try (PointerScope _ = new PointerScope()) {
        network
            .parameters()
            .stored()
            .trained()
            .forEach(name -> parameters.put(name, Tensors.floats(network.parameters().get(name))));
      }
      return losses;
    }
  }

  private static List<StepLosses> run(TrainingStep step, Minibatch minibatch, int from, int steps) {
    List<StepLosses> losses = new ArrayList<>();
    for (int s = from; s < from + steps; s++) {
      CounterNoise noise = new CounterNoise(new CounterRandom(3), s, minibatch.cells());
      losses.add(step.run(minibatch, noise, 0.5));
    }
    return losses;
  }

  private static Minibatch minibatch(CellData data) {
    return data.minibatchByGroup(
        java.util.stream.IntStream.range(0, data.covariates().size()).toArray());
  }

  private static Network network(CellData data, ModelConfig config) {
    ModalitySpec spec = spec(config, CategoryCounts.of(data.schema()));
    return network(spec, Parameters.start(ParameterLayout.ofAll(NetworkSpec.single(spec)), 9));
  }

  private static ModalitySpec spec(ModelConfig config, CategoryCounts categories) {
    return new ModalitySpec(
        0, StoredNames.single(), TestCells.GENES, config.network().nLatent(), config, categories);
  }

  private static Network network(ModalitySpec spec, Parameters parameters) {
    LibraryPrior prior = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    ModalityPriors priors =
        new ModalityPriors(
            prior,
            spec.config().priors().dispersionHyperPrior(),
            Optional.empty(),
            Optional.of(widths(spec.features())));
    return Network.of(new Model(NetworkSpec.single(spec), List.of(priors), parameters));
  }

  /** {@return widths of decoder weights, of features of few counts and of many} */
  static float[] widths(int features) {
    float[] widths = new float[features];
    for (int g = 0; g < features; g++) {
      widths[g] = 1 + g % 7;
    }
    return widths;
  }

  static double worst(float[] expected, float[] found) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      worst = Math.max(worst, Math.abs(expected[i] - found[i]));
    }
    return largest == 0 ? worst : worst / largest;
  }

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
