package org.regularizedvi.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.engine.Computation;
import org.regularizedvi.engine.Engine;
import org.regularizedvi.engine.Engines;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.engine.Peers;
import org.regularizedvi.engine.Question;
import org.regularizedvi.engine.StepPlan;
import org.regularizedvi.engine.ThreadPeers;
import org.regularizedvi.engine.TrainingStep;
import org.regularizedvi.gpu.step.SmallTraining;
import org.regularizedvi.input.InputException;
import org.regularizedvi.kernel.random.CounterRandom;

final class GpuEngineTest {
  @Test
  void isNeverChosenUnasked() {
    assertThat(Engines.devices()).contains("cuda");
    assertThat(Engines.choose(Engines.AUTO, Optional.empty()).name()).isEqualTo("cpu");
    assertThat(new GpuEngine().preference()).isZero();
    assertThat(new GpuEngine().answers())
        .containsExactlyInAnyOrder(
            Question.REPRESENTATION, Question.EVALUATION, Question.EXPRESSION);
  }

  @Test
  void aMachineWithoutACardIsToldSo() {
    Engine engine = new GpuEngine("libno-such-driver.so.1");
    assertThat(engine.lack())
        .hasValue(
            "The device cuda cannot be used: no NVIDIA driver was found, whose library is libno-such-driver.so.1.");
    assertThat(new GpuEngine(StandIn.library()).lack()).isEmpty();
  }

  @Test
  void saysWhichCardItIs() {
    Engine engine = new GpuEngine(StandIn.library());
    assertThat(engine.described()).matches("cuda on .+, driver for CUDA \\d+\\.\\d");
    assertThat(engine.secondsPerOperation(Precision.FLOAT32)).isEmpty();
  }

  @Test
  void choosesBfloat16Itself() {
    Engine engine = new GpuEngine(StandIn.library());
    assertThat(engine.resolve(Precision.AUTO)).isEqualTo(Precision.BFLOAT16);
    assertThat(engine.resolve(Precision.FLOAT32)).isEqualTo(Precision.FLOAT32);
  }

  /** A pass on the card agrees with one on processors at what was stored. */
  @Test
  void passesOverCellsSeeWhatWasTrained() {
    Engine engine = new GpuEngine(StandIn.library());
    try (SmallTraining training = new SmallTraining(30, 150, TestCells.smallModel());
        Computation computation = engine.open(training.model());
        TrainingStep step =
            computation.trainingStep(
                StepPlan.alone(500, OptimiserConfig.published(), Precision.FLOAT32, 1))) {
      double before = reconstruction(step, training);
      training.run(step, 0, 4);
      double after = reconstruction(step, training);
      assertThat(after).isLessThan(before);
      step.store();
      double stored;
      try (Computation processors = Engines.choose("cpu", Optional.empty()).open(training.model());
          var evaluator = processors.evaluator();
          EvaluationPass pass = evaluator.pass(training.minibatch(), noise(training))) {
        stored = pass.sums().of(CellTerm.RECONSTRUCTION);
      }
      assertThat(after).isCloseTo(stored, withinPercentage(1e-4)); // float32 sums, another order
    }
  }

  private static double reconstruction(TrainingStep step, SmallTraining training) {
    try (EvaluationPass pass = step.pass(training.minibatch(), noise(training))) {
      return pass.sums().of(CellTerm.RECONSTRUCTION);
    }
  }

  private static CounterNoise noise(SmallTraining training) {
    return new CounterNoise(
        new CounterRandom(3), CounterNoise.EVALUATION, training.minibatch().cells());
  }

  @Test
  void severalWorkersAreRefused() {
    Engine engine = new GpuEngine(StandIn.library());
    try (SmallTraining training = new SmallTraining(30, 150, TestCells.smallModel());
        Computation computation = engine.open(training.model())) {
      List<Peers> peers = ThreadPeers.of(2);
      StepPlan plan =
          new StepPlan(500, OptimiserConfig.published(), Precision.FLOAT32, 1, peers.getFirst());
      assertThatExceptionOfType(InputException.class)
          .isThrownBy(() -> computation.trainingStep(plan))
          .withMessage(
              "The engine cuda does not compute trainings by several workers yet; use --device cpu.");
    }
  }
}
