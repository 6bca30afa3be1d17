package org.regularizedvi.gpu.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.engine.EvaluationPass;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.kernel.random.CounterRandom;

/** Counts that come while the step before runs give the same bits as those that come in step. */
final class CountsAheadTest {
  private static final int CELLS = 22;
  private static final int NOBODY = -1;

  /** Says which rows the minibatch of each step has. */
  private record Course(List<int[]> rows) {
    /** The first minibatch has room for all, and a ragged last one comes before another. */
    static Course ordinary() {
      return new Course(
          List.of(
              new int[] {0, CELLS},
              new int[] {0, 9},
              new int[] {9, 18},
              new int[] {18, CELLS},
              new int[] {9, 18}));
    }

    List<Minibatch> of(SmallTraining training) {
      Minibatch all = training.minibatch();
      return rows.stream().map(own -> all.rows(own[0], own[1])).toList();
    }
  }

  static Stream<StepCase> models() {
    List<String> some =
        List.of(
            "recommended", "fractional and large counts", "two modalities, WEIGHTED_MEAN, CELL");
    return StepCase.all().filter(own -> some.contains(own.name()));
  }

  private static int next(int step) {
    return step + 1;
  }

  private static int nobody(int step) {
    return NOBODY;
  }

  @Test
  void thereAreSuchModels() {
    assertThat(models()).hasSize(3);
  }

  /** Whichever of two streams is ahead of the other. */
  @ParameterizedTest
  @MethodSource("models")
  void theBitsAreThoseOfCountsThatComeInStep(StepCase own) {
    Map<String, float[]> wanted = train(own, Course.ordinary(), CountsAheadTest::nobody);
    for (StandIn.AtOnce atOnce : StandIn.AtOnce.values()) {
      StandIn.atOnce(atOnce);
      try {
        same(wanted, train(own, Course.ordinary(), CountsAheadTest::next));
      } finally {
        StandIn.atOnce(StandIn.AtOnce.NOTHING);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aWaitLeftOutIsCaught(StepCase own) {
    Map<String, float[]> wanted = train(own, Course.ordinary(), CountsAheadTest::nobody);
    StandIn.forgetWaits(true);
    StandIn.atOnce(StandIn.AtOnce.KERNELS);
    try {
      Map<String, float[]> found = train(own, Course.ordinary(), CountsAheadTest::next);
      boolean caught =
          wanted.entrySet().stream()
              .anyMatch(entry -> !Arrays.equals(entry.getValue(), found.get(entry.getKey())));
      assertThat(caught).as("a step that reads counts before they are there").isTrue();
    } finally {
      StandIn.atOnce(StandIn.AtOnce.NOTHING);
      StandIn.forgetWaits(false);
    }
  }

  @Test
  void anotherThanTheAnnouncedMinibatchMayCome() {
    StepCase own = recommended();
    Map<String, float[]> wanted = train(own, Course.ordinary(), CountsAheadTest::nobody);
    // The one that comes now, one that never comes, one that comes a step later, or any of them.
    same(wanted, train(own, Course.ordinary(), step -> step));
    same(wanted, train(own, Course.ordinary(), step -> step > 0 ? step - 1 : NOBODY));
    same(wanted, train(own, Course.ordinary(), step -> step % 3 == 0 ? step + 2 : NOBODY));
    same(wanted, train(own, Course.ordinary(), step -> step + 1 + step % 2));
  }

  /** What has more counts or cells than there is room for is sent in its own step. */
  @Test
  void aLargerMinibatchIsSentInStep() {
    StepCase own = recommended();
    Course growing = new Course(List.of(new int[] {0, 4}, new int[] {4, 20}, new int[] {0, CELLS}));
    same(train(own, growing, CountsAheadTest::nobody), train(own, growing, CountsAheadTest::next));
  }

  /** Memory is laid out anew for wide counts, and what was sent ahead is sent again. */
  @Test
  void aLargeCountMayComeLate() {
    StepCase own =
        new StepCase(
            "a large count",
            cells ->
                SmallTraining.withCounts(
                    cells,
                    StepCase.GENES,
                    TestCells.smallModel(),
                    (place, count) -> place == 0 ? 70_000 : count));
    Course late = new Course(List.of(new int[] {1, CELLS}, new int[] {0, 9}, new int[] {9, 18}));
    same(train(own, late, CountsAheadTest::nobody), train(own, late, CountsAheadTest::next));
  }

  /** A pass reads no counts that were sent for a step, and may need more room than there is. */
  @Test
  void passesMayComeBetween() {
    StepCase own = recommended();
    Course small = new Course(List.of(new int[] {0, 9}, new int[] {2, 10}, new int[] {5, 13}));
    for (int cells : new int[] {5, CELLS}) {
      List<Double> wanted = new ArrayList<>();
      List<Double> found = new ArrayList<>();
      same(
          train(own, small, CountsAheadTest::nobody, cells, wanted),
          train(own, small, CountsAheadTest::next, cells, found));
      assertThat(found).isEqualTo(wanted);
    }
  }

  @Test
  void whatCannotBeMadeIsToldByTheStep() {
    try (Device device = StandIn.open();
        SmallTraining training = recommended().training(CELLS);
        DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
      step.ahead(
          () -> {
            throw new IllegalStateException("no more cells");
          });
      assertThatThrownBy(() -> training.run(step, 0, 1)).hasMessage("no more cells");
    }
  }

  @Test
  void whatTheDriverHandedOutIsGivenBack() {
    StandIn.require();
    long bytes = StandIn.bytes();
    int held = StandIn.held();
    try (Device device = StandIn.open();
        SmallTraining training = recommended().training(CELLS);
        DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
      training.run(step, 0, 1);
      int before = StandIn.held();
      long during = StandIn.bytes();
      step.ahead(training::minibatch);
      training.run(step, 1, 2);
      assertThat(StandIn.held()).as("a stream and an event more").isEqualTo(before + 2);
      step.ahead(training::minibatch);
      training.run(step, 2, 3);
      assertThat(StandIn.held()).isEqualTo(before + 2);
      assertThat(StandIn.bytes()).as("nothing is taken in a step").isEqualTo(during);
    }
    assertThat(StandIn.bytes()).isEqualTo(bytes);
    assertThat(StandIn.held()).isEqualTo(held);
  }

  private static StepCase recommended() {
    return StepCase.all().findFirst().orElseThrow();
  }

  private static Map<String, float[]> train(
      StepCase own, Course course, IntUnaryOperator announced) {
    return train(own, course, announced, 0, new ArrayList<>());
  }

  /**
   * Takes the steps of a course.
   *
   * @param announced the step whose minibatch is announced before each step
   * @param passed cells that are passed over after each step; 0 for no pass
   * @param reconstructions takes what passes find of each cell
   * @return the parameters after them
   */
  private static Map<String, float[]> train(
      StepCase own,
      Course course,
      IntUnaryOperator announced,
      int passed,
      List<Double> reconstructions) {
    try (Device device = StandIn.open();
        SmallTraining training = own.training(CELLS);
        DeviceStep step = training.onCard(device, Precision.FLOAT32)) {
      List<Minibatch> all = course.of(training);
      for (int s = 0; s < all.size(); s++) {
        int next = announced.applyAsInt(s);
        if (next >= 0 && next < all.size()) {
          step.ahead(() -> all.get(next));
        }
        step.run(all.get(s), noise(s, all.get(s)), 0.5);
        if (passed > 0) {
          Minibatch some = training.minibatch().rows(0, passed);
          try (EvaluationPass pass = step.pass(some, noise(CounterNoise.EVALUATION, some))) {
            Arrays.stream(pass.reconstructionN()).forEach(reconstructions::add);
          }
        }
      }
      return training.stored(step);
    }
  }

  private static CounterNoise noise(long step, Minibatch minibatch) {
    return new CounterNoise(new CounterRandom(3), step, minibatch.cells());
  }

  private static void same(Map<String, float[]> wanted, Map<String, float[]> found) {
    wanted.forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
  }
}
