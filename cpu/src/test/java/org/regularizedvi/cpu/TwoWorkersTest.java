package org.regularizedvi.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.ParameterSpec.Role;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.LibraryPrior;
import org.regularizedvi.core.term.ModalityPriors;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.engine.Model;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.kernel.random.CounterRandom;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.step.ComposedStep;

/** Two workers that share out the cells of each step, on threads of this process. */
final class TwoWorkersTest {
  private static final int CELLS = 70;
  private static final int STEPS = 3;
  private static final CovariateKeys KEYS = CpuStepTest.KEYS;

  private enum Kind {
    FUSED,
    FUSED_IN_BFLOAT16,
    COMPOSED;

    Precision precision() {
      return this == FUSED_IN_BFLOAT16 ? Precision.BFLOAT16 : Precision.FLOAT32;
    }

    TrainingStep step(Network network, Peers peers) {
      StepPlan plan = new StepPlan(CELLS, OptimiserConfig.published(), precision(), 2, peers);
      return this == COMPOSED
          ? new ComposedStep(network, plan)
          : new CpuStep(network.model(), plan, Products.here());
    }
  }

  /** What a worker ended with. */
  private record Trained(List<ParameterSpec> specs, List<float[]> values, StepLosses last) {}

  private static List<Kind> kinds() {
    return Stream.of(Kind.values())
        .filter(kind -> CpuStepTest.precisions().contains(kind.precision()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void stayEqualAndComputeTheStepOfOne(Kind kind) throws Exception {
    Trained alone = train(kind, Peers.none());
    List<Trained> both = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Meeting meeting = new Meeting();
      List<Future<Trained>> running =
          IntStream.range(0, 2)
              .mapToObj(rank -> threads.submit(() -> train(kind, meeting.peer(rank))))
              .toList();
      for (Future<Trained> one : running) {
        both.add(one.get());
      }
    }
    double tolerance = kind == Kind.FUSED_IN_BFLOAT16 ? 2e-2 : 1e-4;
    for (int i = 0; i < alone.specs.size(); i++) {
      String name = alone.specs.get(i).name();
      assertThat(both.get(0).values.get(i)).as(name).isEqualTo(both.get(1).values.get(i));
      assertThat(CpuStepTest.worst(alone.values.get(i), both.get(0).values.get(i)))
          .as(name)
          .isLessThan(tolerance);
    }
    for (Trained one : both) {
      assertThat(one.last.loss()).isCloseTo(alone.last.loss(), withinPercentage(100 * tolerance));
      assertThat(one.last.cells().of(CellTerm.KL_Z))
          .isCloseTo(alone.last.cells().of(CellTerm.KL_Z), withinPercentage(100 * tolerance));
      assertThat(one.last.reconstructionOf()[0])
          .isCloseTo(alone.last.reconstructionOf()[0], withinPercentage(100 * tolerance));
    }
  }

  /** Every step is over all cells; this worker takes the first 30, the other one the rest. */
  private static Trained train(Kind kind, Peers peers) {
    CellData data = TestCells.of(CELLS, KEYS);
    int from = peers.rank() == 0 ? 0 : 30;
    int to = peers.ranks() == 2 && peers.rank() == 0 ? 30 : CELLS;
    Minibatch minibatch = data.minibatchByGroup(IntStream.range(from, to).toArray());
    ModelConfig config = TestCells.smallModel().with(new PenaltyConfig(0.1, 0.3, 0.4, 0.2));
    ModalitySpec modality =
        new ModalitySpec(
            0,
            StoredNames.single(),
            TestCells.GENES,
            config.network().nLatent(),
            config,
            CategoryCounts.of(data.schema()));
    NetworkSpec spec = NetworkSpec.single(modality);
    LibraryPrior prior = new LibraryPrior(new float[3], new float[] {0.1f, 0.2f, 0.3f}, 6, 0);
    List<ModalityPriors> priors =
        List.of(new ModalityPriors(prior, config.priors().dispersionHyperPrior()));
    try (Parameters parameters = Parameters.start(ParameterLayout.ofAll(spec), 9);
        Network network = Network.of(new Model(spec, priors, parameters));
        TrainingStep step = kind.step(network, peers)) {
      Optional<StepLosses> last = Optional.empty();
      for (int s = 0; s < STEPS; s++) {
        CounterNoise noise = new CounterNoise(new CounterRandom(3), s, minibatch.cells());
        last = Optional.of(step.run(minibatch, noise, 0.5));
      }
      step.store();
      List<ParameterSpec> used =
          parameters.specs().stream().filter(own -> own.role() != Role.UNUSED).toList();
      return new Trained(
          used,
          used.stream().map(own -> parameters.values(own.name())).toList(),
          last.orElseThrow());
    }
  }

  /** Where both bring what they have; sums are taken in the order of ranks. */
  private static final class Meeting {
    private final CyclicBarrier barrier = new CyclicBarrier(2);
    private final double[][] brought = new double[2][];
    private final String[] names = new String[2];

    Peers peer(int own) {
      return new Peers() {
        @Override
        public int rank() {
          return own;
        }

        @Override
        public int ranks() {
          return 2;
        }

        @Override
        public void sum(String parameter, MemorySegment gradient) {
          float[] values = gradient.toArray(JAVA_FLOAT);
          double[] mine = new double[values.length];
          Arrays.setAll(mine, i -> values[i]);
          double[] sum = add(parameter, mine);
          for (int i = 0; i < sum.length; i++) {
            gradient.setAtIndex(JAVA_FLOAT, i, (float) sum[i]);
          }
        }

        @Override
        public double[] sum(double... numbers) {
          return add("", numbers);
        }

        private double[] add(String name, double[] mine) {
          names[own] = name;
          brought[own] = mine;
          await();
          assertThat(names[0]).isEqualTo(names[1]);
          double[] sum = new double[mine.length];
          Arrays.setAll(sum, i -> brought[0][i] + brought[1][i]);
          await();
          return sum;
        }

        private void await() {
          try {
            barrier.await(60, TimeUnit.SECONDS);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
      };
    }
  }
}
