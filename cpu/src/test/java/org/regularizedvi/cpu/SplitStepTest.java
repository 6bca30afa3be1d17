package org.regularizedvi.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecoderType;
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
import org.regularizedvi.core.config.NormalisedNetworks;
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
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.LostPeerException;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.ThreadPeers;
import org.regularizedvi.kernel.random.CounterRandom;

/** Workers that share out the genes of a model, on threads of this process. */
final class SplitStepTest {
  private static final int CELLS = 70;
  private static final int STEPS = 3;

  /** Large tiles, the last of which is smaller, in five runs. */
  private static final int GENES = 8600;

  /** Small tiles, in fewer runs than there are workers at most. */
  private static final int PEAKS = 4500;

  private static final int[] WORKERS = {2, 3, 5};

  private static final CellData DATA = TestCells.of(CELLS, GENES, CpuStepTest.KEYS);
  private static final CellData BOTH = TestCells.ofTwo(CELLS, PEAKS, GENES, CpuStepTest.KEYS);

  /** A model with its cells. */
  private record Case(String name, CellData data, NetworkSpec spec, Precision precision) {
    @Override
    public String toString() {
      return "%s, %s".formatted(name, precision);
    }

    Model start() {
      LibraryPrior prior = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
      List<ModalityPriors> priors =
          spec.modalities().stream()
              .map(m -> new ModalityPriors(prior, m.config().priors().dispersionHyperPrior()))
              .toList();
      return new Model(spec, priors, Parameters.start(ParameterLayout.ofAll(spec), 9));
    }

    CpuStep step(Model model, Peers peers) {
      StepPlan plan = new StepPlan(CELLS, OptimiserConfig.published(), precision, 2, peers);
      return new CpuStep(model, plan, Products.here());
    }

    Minibatch minibatch() {
      return data.minibatchByGroup(IntStream.range(0, CELLS).toArray());
    }
  }

  /** What a worker ended with: parameters, moments, and what it said of the loss. */
  private record Ended(Map<String, float[]> tensors, List<Double> numbers) {}

  private static Stream<Case> cases() {
    return CpuStepTest.precisions().stream()
        .flatMap(precision -> Stream.concat(single(precision), several(precision)));
  }

  private static Stream<Case> single(Precision precision) {
    ModelConfig small = TestCells.smallModel().with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2));
    ModelConfig norms =
        small.with(
            new NetworkConfig(
                24,
                6,
                2,
                8,
                OptionalDouble.of(0.1),
                false,
                NormalisedNetworks.BOTH,
                NormalisedNetworks.ENCODER));
    return Stream.of(
        single("softplus", small.with(generative(Dispersion.GENE_BATCH, false, true)), precision),
        single("softmax", small.with(generative(Dispersion.GENE, true, true)), precision),
        single("bursts", small.with(bursts()), precision),
        single("norms", norms.with(generative(Dispersion.GENE, false, false)), precision));
  }

  private static GenerativeConfig generative(Dispersion dispersion, boolean softmax, boolean both) {
    return new GenerativeConfig(
        dispersion,
        LatentDistribution.NORMAL,
        softmax ? ScaleActivation.SOFTMAX : ScaleActivation.SOFTPLUS,
        both,
        both,
        true,
        DecoderConfig.defaults());
  }

  private static GenerativeConfig bursts() {
    return new GenerativeConfig(
        Dispersion.GENE_BATCH,
        LatentDistribution.NORMAL,
        ScaleActivation.SOFTPLUS,
        true,
        true,
        true,
        DecoderConfig.defaults().with(DecoderType.BURST_FREQUENCY_SIZE));
  }

  private static Case single(String name, ModelConfig config, Precision precision) {
    ModalitySpec modality =
        new ModalitySpec(
            0,
            StoredNames.single(),
            GENES,
            config.network().nLatent(),
            config,
            CategoryCounts.of(DATA.schema()));
    return new Case(name, DATA, NetworkSpec.single(modality), precision);
  }

  private static Stream<Case> several(Precision precision) {
    LatentPriorConfig scales =
        new LatentPriorConfig(
            true,
            ZSparsityPrior.NONE,
            2,
            false,
            4,
            false,
            new HorseshoeConfig(HorseshoePrior.LOGNORMAL_MC, 0.8, 0.7, 0.2));
    return Stream.of(
        several(LatentMode.CONCATENATION, Optional.empty(), precision),
        several(LatentMode.CONCATENATION, Optional.of(scales), precision),
        several(LatentMode.SINGLE_ENCODER, Optional.empty(), precision),
        several(LatentMode.WEIGHTED_MEAN, Optional.empty(), precision));
  }

  private static Case several(
      LatentMode mode, Optional<LatentPriorConfig> prior, Precision precision) {
    ModelConfig shared =
        TestCells.smallModel()
            .with(NetworkConfig.published().withSize(24, 6, 2))
            .with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2))
            .with(generative(Dispersion.GENE_BATCH, false, true));
    ModelConfig config = prior.map(shared::with).orElse(shared);
    boolean mean = mode == LatentMode.WEIGHTED_MEAN;
    MultimodalOptions options =
        new MultimodalOptions(
            new LatentConfig(mode, ModalityWeights.EQUAL),
            Map.of("atac", 20),
            mean ? Map.of() : Map.of("atac", 4),
            Map.of("rna", 1),
            Map.of("atac", Dispersion.GENE),
            DecodersByModality.defaults(),
            new ModalityTerms(Optional.empty(), Optional.of(List.of("atac", "rna")), true, 5),
            Map.of("atac", 0.5));
    SequencedMap<String, Integer> features = new LinkedHashMap<>();
    BOTH.modalities().forEach(own -> features.put(own.name(), own.features().size()));
    NetworkSpec spec =
        NetworkSpec.of(
            new MultimodalConfig(config, options), features, CategoryCounts.of(BOTH.schema()));
    String name = "%s%s".formatted(mode, prior.isPresent() ? " with scales" : "");
    return new Case(name, BOTH, spec, precision);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void bitsDoNotDependOnTheNumberOfWorkers(Case own) throws Exception {
    Ended alone = train(own, Peers.none());
    for (int ranks : WORKERS) {
      for (Ended one : together(own, ranks)) {
        assertThat(one.numbers).isEqualTo(alone.numbers);
        assertThat(one.tensors.keySet()).isEqualTo(alone.tensors.keySet());
        alone.tensors.forEach(
            (name, values) ->
                assertThat(
                        MemorySegment.ofArray(values)
                            .mismatch(MemorySegment.ofArray(one.tensors.get(name))))
                    .as("%s with %d workers", name, ranks)
                    .isEqualTo(-1));
      }
    }
  }

  private static List<Ended> together(Case own, int ranks) throws Exception {
    List<Ended> ended = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(ranks)) {
      List<Future<Ended>> running = new ArrayList<>();
      for (Peers peers : ThreadPeers.of(ranks)) {
        running.add(
            threads.submit(
                () -> {
                  try (peers) {
                    return train(own, peers);
                  }
                }));
      }
      for (Future<Ended> one : running) {
        ended.add(one.get());
      }
    }
    return ended;
  }

  /** Some steps, and two passes over the cells: amid the steps and after them. */
  private static Ended train(Case own, Peers peers) {
    Model model = own.start();
    Minibatch minibatch = own.minibatch();
    List<Double> numbers = new ArrayList<>();
    try (Parameters parameters = model.parameters();
        CpuStep step = own.step(model, peers)) {
      for (int s = 0; s < STEPS; s++) {
        CounterNoise noise = new CounterNoise(new CounterRandom(3), s, minibatch.cells());
        numbers.addAll(numbers(step.run(minibatch, noise, 0.5)));
        try (EvaluationPass pass = step.pass(minibatch, noise)) {
          numbers.addAll(pass.sums().nats().values());
        }
        if (s == 1) {
          step.store();
        }
      }
      step.store();
      step.gatherMoments();
      Map<String, float[]> tensors = new LinkedHashMap<>();
      for (ParameterSpec spec : parameters.specs()) {
        if (spec.role() != ParameterSpec.Role.UNUSED) {
          tensors.put(spec.name(), parameters.values(spec.name()));
        }
      }
      step.optimiser()
          .moments()
          .forEach((name, memory) -> tensors.put(name, memory.toArray(JAVA_FLOAT)));
      return new Ended(tensors, numbers);
    }
  }

  private static List<Double> numbers(StepLosses losses) {
    assertThat(losses.finite()).isTrue();
    List<Double> numbers = new ArrayList<>(losses.cells().nats().values());
    numbers.add(losses.loss());
    numbers.add(losses.activeDims());
    for (double own : losses.reconstructionOf()) {
      numbers.add(own);
    }
    return numbers;
  }

  /** All workers name one gradient, so that all of them stop with the same sentence. */
  @Test
  void allNameTheSameGradientThatIsNotFinite() throws Exception {
    Case own = single(Precision.FLOAT32).findFirst().orElseThrow();
    List<Optional<String>> named = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Optional<String>>> running = new ArrayList<>();
      for (Peers peers : ThreadPeers.of(3)) {
        running.add(threads.submit(() -> brokenGradient(own, peers)));
      }
      for (Future<Optional<String>> one : running) {
        named.add(one.get());
      }
    }
    assertThat(named).doesNotContain(Optional.empty());
    assertThat(named.stream().distinct()).hasSize(1);
  }

  private static Optional<String> brokenGradient(Case own, Peers peers) {
    Model model = own.start();
    try (peers;
        Parameters parameters = model.parameters()) {
      String head =
          new org.regularizedvi.core.term.Decoder(own.spec.modalities().getFirst()).scaleWeight();
      parameters.memory(head).setAtIndex(JAVA_FLOAT, 0, Float.NaN);
      Minibatch minibatch = own.minibatch();
      try (CpuStep step = own.step(model, peers)) {
        CounterNoise noise = new CounterNoise(new CounterRandom(3), 0, minibatch.cells());
        StepLosses losses = step.run(minibatch, noise, 1);
        assertThat(losses.finite()).isFalse();
        return losses.brokenGradient();
      }
    }
  }

  /** One of three workers ends after the first step, as one does that throws. */
  @Test
  void aWorkerThatEndsEndsTheOthers() {
    Case own = single(Precision.FLOAT32).findFirst().orElseThrow();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> running = new ArrayList<>();
            for (Peers peers : ThreadPeers.of(3)) {
              running.add(threads.submit(() -> takeSteps(own, peers, peers.rank() == 1 ? 1 : 2)));
            }
            running.get(1).get();
            for (int rank : new int[] {0, 2}) {
              assertThatThrownBy(() -> running.get(rank).get())
                  .isInstanceOf(ExecutionException.class)
                  .cause()
                  .isInstanceOf(LostPeerException.class)
                  .hasMessage("Worker 1 of 3 (counted from 0) has ended.");
            }
          }
        });
  }

  private static void takeSteps(Case own, Peers peers, int steps) {
    Model model = own.start();
    Minibatch minibatch = own.minibatch();
    try (peers;
        Parameters _ = model.parameters();
        CpuStep step = own.step(model, peers)) {
      for (int s = 0; s < steps; s++) {
        CounterNoise noise = new CounterNoise(new CounterRandom(3), s, minibatch.cells());
        step.run(minibatch, noise, 0.5);
      }
    }
  }
}
