package org.regularizedvi.gpu.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Posterior;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

/** A step on the card does what one on processors does, in any order of its threads. */
final class DeviceStepTest {
  private static final int CELLS = 70;
  private static final int GENES = StepCase.GENES;
  private static final int FEW_CELLS = 22;

  static Stream<StepCase> models() {
    return StepCase.all();
  }

  /** In float32 only the order of sums differs: 1e-5 of the loss, 1e-4 of most tensors' largest. */
  @ParameterizedTest
  @MethodSource("models")
  void agreesWithTheStepOnProcessors(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining here = own.training(CELLS);
        SmallTraining there = own.training(CELLS);
        TrainingStep onProcessors = here.onProcessors(Precision.FLOAT32);
        DeviceStep onCard = there.onCard(device, Precision.FLOAT32)) {
      List<StepLosses> wanted = here.run(onProcessors, 0, 3);
      List<StepLosses> found = there.run(onCard, 0, 3);
      for (int s = 0; s < wanted.size(); s++) {
        same(wanted.get(s), found.get(s), 1e-3);
      }
      Map<String, float[]> parameters = here.stored(onProcessors);
      Map<String, float[]> onTheCard = there.stored(onCard);
      parameters.forEach(
          (name, values) ->
              assertThat(worst(values, onTheCard.get(name))).as(name).isLessThan(own.tolerance()));
    }
  }

  private static void same(StepLosses wanted, StepLosses found, double percent) {
    assertThat(found.loss()).isCloseTo(wanted.loss(), withinPercentage(percent));
    for (CellTerm term : wanted.cells().nats().keySet()) {
      assertThat(found.cells().of(term))
          .as(term.words())
          .isCloseTo(wanted.cells().of(term), withinPercentage(percent));
    }
    assertThat(found.activeDims()).isCloseTo(wanted.activeDims(), within(1e-9));
    assertThat(found.reconstructionOf()).hasSameSizeAs(wanted.reconstructionOf());
    for (int m = 0; m < wanted.reconstructionOf().length; m++) {
      assertThat(found.reconstructionOf()[m])
          .isCloseTo(wanted.reconstructionOf()[m], withinPercentage(percent));
    }
    assertThat(found.brokenGradient()).isEqualTo(wanted.brokenGradient());
    assertThat(found.brokenTerm()).isEqualTo(wanted.brokenTerm());
  }

  @ParameterizedTest
  @MethodSource("models")
  void passesAgreeWithThoseOnProcessors(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining here = own.training(CELLS);
        SmallTraining there = own.training(CELLS);
        TrainingStep onProcessors = here.onProcessors(Precision.FLOAT32);
        DeviceStep onCard = there.onCard(device, Precision.FLOAT32)) {
      here.run(onProcessors, 0, 1);
      there.run(onCard, 0, 1);
      Minibatch some = here.minibatch().rows(0, CELLS - 7);
      CounterNoise noise =
          new CounterNoise(new CounterRandom(3), CounterNoise.EVALUATION, some.cells());
      try (EvaluationPass wanted = onProcessors.pass(some, noise);
          EvaluationPass found = onCard.pass(some, noise)) {
        for (CellTerm term : wanted.sums().nats().keySet()) {
          assertThat(found.sums().of(term))
              .as(term.words())
              .isCloseTo(wanted.sums().of(term), withinPercentage(1e-3));
        }
        near(wanted.reconstructionOf(), found.reconstructionOf());
        near(wanted.reconstructionN(), found.reconstructionN());
        near(wanted.latentDivergence().sumK(), found.latentDivergence().sumK());
        near(wanted.latentDivergence().largestK(), found.latentDivergence().largestK());
        assertThat(found.latentDivergence().activeDims())
            .isEqualTo(wanted.latentDivergence().activeDims());
        nearAll(wanted.posteriors().latents(), found.posteriors().latents());
        nearAll(wanted.posteriors().libraries(), found.posteriors().libraries());
      }
      // A pass leaves nothing behind: the next step is as if there had been none.
      StepLosses next = here.run(onProcessors, 1, 2).getFirst();
      same(next, there.run(onCard, 1, 2).getFirst(), 1e-3);
    }
  }

  /** Where the counts come from changes no bit. */
  @ParameterizedTest
  @MethodSource("models")
  void countsKeptOnTheCardGiveTheSameBits(StepCase own) {
    CounterNoise noise;
    double[] wanted;
    Map<String, float[]> sent;
    try (Device device = StandIn.open();
        SmallTraining training = own.training(CELLS);
        DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
      training.run(step, 0, 1);
      sent = training.stored(step);
      Minibatch all = training.minibatch();
      noise = new CounterNoise(new CounterRandom(3), CounterNoise.EVALUATION, all.cells());
      try (EvaluationPass pass = step.pass(all, noise)) {
        wanted = pass.reconstructionN();
      }
    }
    try (Device device = StandIn.open();
        SmallTraining training = own.training(CELLS);
        DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
      training.keep(step);
      assertThat(training.kept()).isTrue();
      assertThat(training.minibatch().hasCounts()).isFalse();
      training.run(step, 0, 1);
      Map<String, float[]> kept = training.stored(step);
      sent.forEach((name, values) -> assertThat(kept.get(name)).as(name).isEqualTo(values));
      try (EvaluationPass pass = step.pass(training.minibatch(), noise)) {
        assertThat(pass.reconstructionN()).isEqualTo(wanted);
      }
    }
  }

  /** Counts are stored wide from the first on that 16 bits do not hold. */
  @Test
  void aLargeCountMayComeLate() {
    SmallTraining.Change change = (place, count) -> place == 0 ? 70_000 : count;
    ModelConfig config = TestCells.smallModel();
    try (Device device = StandIn.open();
        SmallTraining here = SmallTraining.withCounts(CELLS, GENES, config, change);
        SmallTraining there = SmallTraining.withCounts(CELLS, GENES, config, change);
        TrainingStep onProcessors = here.onProcessors(Precision.FLOAT32);
        DeviceStep onCard = there.onCard(device, Precision.FLOAT32)) {
      Minibatch all = here.minibatch();
      assertThat(all.cells()[0]).as("the cell of the large count").isZero();
      for (Minibatch some : List.of(all.rows(1, CELLS), all, all.rows(1, CELLS))) {
        CounterNoise noise = new CounterNoise(new CounterRandom(3), 0, some.cells());
        same(onProcessors.run(some, noise, 0.5), onCard.run(some, noise, 0.5), 1e-3);
      }
    }
  }

  private static void nearAll(List<Posterior> wanted, List<Posterior> found) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int e = 0; e < wanted.size(); e++) {
      near(wanted.get(e), found.get(e));
    }
  }

  private static void near(Posterior wanted, Posterior found) {
    assertThat(worst(wanted.mean().values(), found.mean().values())).isLessThan(1e-4);
    assertThat(worst(wanted.variance().values(), found.variance().values())).isLessThan(1e-4);
  }

  private static void near(double[] wanted, double[] found) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(found[i]).isCloseTo(wanted[i], within(1e-6 + 1e-4 * Math.abs(wanted[i])));
    }
  }

  /** Operands have 8 bits: losses within 1 %. */
  @ParameterizedTest
  @MethodSource("models")
  void bfloat16AgreesWithinItsRounding(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining here = own.training(FEW_CELLS);
        SmallTraining there = own.training(FEW_CELLS);
        TrainingStep onProcessors = here.onProcessors(Precision.FLOAT32);
        DeviceStep onCard = there.onCard(device, Precision.BFLOAT16)) {
      List<StepLosses> wanted = here.run(onProcessors, 0, 3);
      List<StepLosses> found = there.run(onCard, 0, 3);
      for (int s = 0; s < wanted.size(); s++) {
        assertThat(found.get(s).loss()).isCloseTo(wanted.get(s).loss(), withinPercentage(1));
      }
    }
  }

  /** What one began the other goes on with, as if it had begun it itself. */
  @ParameterizedTest
  @MethodSource("models")
  void momentsGoFromTheCardToProcessorsAndBack(StepCase own) {
    try (Device device = StandIn.open();
        SmallTraining whole = own.training(FEW_CELLS);
        SmallTraining mixed = own.training(FEW_CELLS);
        TrainingStep alone = whole.onProcessors(Precision.FLOAT32)) {
      whole.run(alone, 0, 3);
      Map<String, float[]> moments;
      try (DeviceStep first = mixed.onCard(device, Precision.FLOAT32)) {
        mixed.run(first, 0, 1);
        mixed.stored(first);
        moments = copy(first);
      }
      try (TrainingStep second = mixed.onProcessors(Precision.FLOAT32)) {
        second.optimiser().restore(1, moments);
        mixed.run(second, 1, 2);
        mixed.stored(second);
        moments = copy(second);
      }
      try (DeviceStep third = mixed.onCard(device, Precision.FLOAT32)) {
        third.optimiser().restore(2, moments);
        mixed.run(third, 2, 3);
        Map<String, float[]> found = mixed.stored(third);
        assertThat(third.optimiser().steps()).isEqualTo(3);
        whole
            .stored(alone)
            .forEach(
                (name, values) ->
                    assertThat(worst(values, found.get(name)))
                        .as(name)
                        .isLessThan(own.tolerance()));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Precision.class,
      names = {"FLOAT32", "BFLOAT16"})
  void anInterruptedTrainingEndsInTheSameBits(Precision precision) {
    ModelConfig config = TestCells.smallModel();
    try (Device device = StandIn.open();
        SmallTraining whole = new SmallTraining(CELLS, GENES, config);
        SmallTraining cut = new SmallTraining(CELLS, GENES, config);
        DeviceStep alone = whole.onCard(device, precision)) {
      whole.run(alone, 0, 4);
      Map<String, float[]> moments;
      try (DeviceStep first = cut.onCard(device, precision)) {
        cut.run(first, 0, 2);
        cut.stored(first);
        moments = copy(first);
      }
      try (DeviceStep second = cut.onCard(device, precision)) {
        second.optimiser().restore(2, moments);
        cut.run(second, 2, 4);
        Map<String, float[]> found = cut.stored(second);
        whole
            .stored(alone)
            .forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
      }
    }
  }

  private static Map<String, float[]> copy(TrainingStep step) {
    Map<String, float[]> all = new LinkedHashMap<>();
    step.optimiser()
        .moments()
        .forEach((name, memory) -> all.put(name, memory.toArray(ValueLayout.JAVA_FLOAT)));
    return all;
  }

  @Test
  void memoryIsGivenBack() {
    try (Device device = StandIn.open()) {
      long before = StandIn.bytes();
      try (SmallTraining training = new SmallTraining(CELLS, GENES, TestCells.smallModel());
          DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
        training.run(step, 0, 1);
        long during = StandIn.bytes();
        assertThat(during).isGreaterThan(before);
        training.run(step, 1, 4);
        assertThat(StandIn.bytes()).as("nothing is taken in a step").isEqualTo(during);
      }
      assertThat(StandIn.bytes()).isEqualTo(before);
    }
  }

  /** Whether the card runs out at the first copy of the model or in the middle of a minibatch. */
  @Test
  void aCardThatIsTooSmallGetsItsMemoryBack() {
    StandIn.require();
    long bytes = StandIn.bytes();
    int held = StandIn.held();
    long whole;
    try (Device device = StandIn.open();
        SmallTraining training = new SmallTraining(CELLS, GENES, TestCells.smallModel());
        DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
      training.run(step, 0, 1);
      whole = StandIn.bytes() - bytes;
    }
    for (double share : new double[] {0.05, 0.5, 0.9}) {
      StandIn.withMemory(
          bytes + (long) (share * whole),
          () -> {
            try (Device device = StandIn.open();
                SmallTraining training = new SmallTraining(CELLS, GENES, TestCells.smallModel())) {
              assertThatExceptionOfType(InputException.class)
                  .isThrownBy(
                      () -> {
                        try (DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
                          training.run(step, 0, 1);
                        }
                      })
                  .withMessageContaining("GB of memory left");
            }
          });
      assertThat(StandIn.bytes()).isEqualTo(bytes);
      assertThat(StandIn.held()).isEqualTo(held);
    }
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
}
