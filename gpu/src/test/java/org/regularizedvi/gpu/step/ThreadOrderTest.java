package org.regularizedvi.gpu.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;

/** Threads of a block may run in any order between barriers, all of which are needed. */
final class ThreadOrderTest {
  /** So few that a segment leaves a warp without rows, and a product over them has two steps. */
  private static final int FEW_CELLS = 22;

  @ParameterizedTest
  @MethodSource("withEveryBarrier")
  void bitsDoNotDependOnTheOrderOfThreads(StepCase own, Precision precision) {
    assertSameBitsInEveryOrder(own, precision);
  }

  /** The models above go through every barrier; these are all models. */
  @ParameterizedTest
  @MethodSource("all")
  @Tag("long")
  void bitsOfNoModelDependOnTheOrderOfThreads(StepCase own, Precision precision) {
    assertSameBitsInEveryOrder(own, precision);
  }

  private static void assertSameBitsInEveryOrder(StepCase own, Precision precision) {
    Map<String, float[]> wanted = train(own, precision, StandIn.Order.FORWARDS);
    for (StandIn.Order order : List.of(StandIn.Order.BACKWARDS, StandIn.Order.SHUFFLED)) {
      Map<String, float[]> found = train(own, precision, order);
      wanted.forEach((name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
    }
  }

  static Stream<Arguments> withEveryBarrier() {
    return withPrecisions(StepCase.withEveryBarrier().stream());
  }

  static Stream<Arguments> all() {
    return withPrecisions(StepCase.all());
  }

  private static Stream<Arguments> withPrecisions(Stream<StepCase> cases) {
    return cases.flatMap(
        own ->
            Stream.of(Precision.FLOAT32, Precision.BFLOAT16)
                .map(precision -> Arguments.of(own, precision)));
  }

  /** Every barrier is needed: without it some order of threads gives other numbers. */
  @Test
  void aBarrierLeftOutIsCaught() {
    List<String> missed = new ArrayList<>();
    for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
      Set<Integer> tried = new HashSet<>();
      for (StepCase own : StepCase.withEveryBarrier()) {
        List<Long> before = passed();
        Map<String, float[]> wanted = train(own, precision, StandIn.Order.FORWARDS);
        List<Long> after = passed();
        for (int barrier = 0; barrier < after.size(); barrier++) {
          long count = barrier < before.size() ? before.get(barrier) : 0;
          if (after.get(barrier) == count || !tried.add(barrier)) {
            continue;
          }
          StandIn.skip(barrier, true);
          try {
            if (!caught(own, precision, wanted)) {
              missed.add("%s, %s, %s".formatted(StandIn.barriers().get(barrier), own, precision));
            }
          } finally {
            StandIn.skip(barrier, false);
          }
        }
      }
    }
    assertThat(missed).isEmpty();
  }

  /** {@return how often each barrier has been passed} */
  private static List<Long> passed() {
    return IntStream.range(0, StandIn.barriers().size()).mapToObj(StandIn::passed).toList();
  }

  private static boolean caught(StepCase own, Precision precision, Map<String, float[]> wanted) {
    return Arrays.stream(StandIn.Order.values())
        .anyMatch(order -> differs(wanted, train(own, precision, order)));
  }

  private static boolean differs(Map<String, float[]> wanted, Map<String, float[]> found) {
    return wanted.entrySet().stream()
        .anyMatch(entry -> !Arrays.equals(entry.getValue(), found.get(entry.getKey())));
  }

  private static Map<String, float[]> train(
      StepCase own, Precision precision, StandIn.Order order) {
    try (Device device = StandIn.open();
        SmallTraining training = own.training(FEW_CELLS);
        DeviceStep step = training.onCard(device, precision)) {
      StandIn.order(order);
      training.run(step, 0, 1);
      return training.stored(step);
    } finally {
      StandIn.order(StandIn.Order.FORWARDS);
    }
  }
}
