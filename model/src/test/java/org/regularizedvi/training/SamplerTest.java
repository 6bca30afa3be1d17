package org.regularizedvi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplerTest {
  @Test
  void splitsAllCellsInTwo() {
    Sampler sampler = Sampler.split(1, 101, 0.9, 16);
    assertThat(sampler.training()).hasSize(91);
    assertThat(sampler.validation()).hasSize(10);
    assertThat(
            IntStream.concat(IntStream.of(sampler.training()), IntStream.of(sampler.validation()))
                .sorted())
        .containsExactlyElementsOf(IntStream.range(0, 101).boxed().toList());
  }

  @Test
  void trainsOnAllCellsWhenToldTo() {
    assertThat(Sampler.split(1, 50, 1, 16).validation()).isEmpty();
  }

  @Test
  void visitsEveryTrainingCellOnceAnEpochInMinibatchesOfNearlyOneSize() {
    Sampler sampler = Sampler.split(3, 1800, 1, 256);
    int[] epoch = sampler.epoch(5);
    Set<Integer> seen = new HashSet<>();
    for (int s = 0; s < sampler.stepsPerEpoch(); s++) {
      int[] cells = sampler.step(epoch, s);
      assertThat(cells).hasSizeBetween(225, 225);
      Arrays.stream(cells).forEach(seen::add);
    }
    assertThat(sampler.stepsPerEpoch()).isEqualTo(8);
    assertThat(seen).hasSize(1800);
  }

  @Test
  void isAFunctionOfSeedAndEpoch() {
    Sampler sampler = Sampler.split(3, 300, 0.8, 32);
    assertThat(Sampler.split(3, 300, 0.8, 32).epoch(2)).isEqualTo(sampler.epoch(2));
    assertThat(sampler.epoch(3)).isNotEqualTo(sampler.epoch(2));
    assertThat(Sampler.split(4, 300, 0.8, 32).epoch(2)).isNotEqualTo(sampler.epoch(2));
  }
}
