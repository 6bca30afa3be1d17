package org.regularizedvi.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** Whatever the numbers of cells, the share trained on and the size of minibatches. */
class AnySamplerTest {
  @Property(tries = 500)
  void everyCellIsOnceInAnEpochOrHeldBack(
      @ForAll @IntRange(min = 1, max = 3000) int cells,
      @ForAll @DoubleRange(min = 0.01, max = 1) double trainSize,
      @ForAll @IntRange(min = 1, max = 600) int batchSize,
      @ForAll @IntRange(min = 0, max = 1000) int epoch,
      @ForAll long seed) {
    Sampler sampler = Sampler.split(seed, cells, trainSize, batchSize);
    int[] order = sampler.epoch(epoch);
    IntStream.Builder met = IntStream.builder();
    for (int step = 0; step < sampler.stepsPerEpoch(); step++) {
      int[] minibatch = sampler.step(order, step);
      assertThat(sampler.cells(step)).isEqualTo(minibatch.length);
      assertThat(minibatch).hasSizeBetween(1, batchSize);
      Arrays.stream(minibatch).forEach(met::add);
    }
    int[] trained = met.build().sorted().toArray();
    assertThat(trained).isEqualTo(sampler.training());
    assertThat(
            IntStream.concat(Arrays.stream(trained), Arrays.stream(sampler.validation())).sorted())
        .containsExactlyElementsOf(IntStream.range(0, cells).boxed().toList());
    assertThat(Sampler.split(seed, cells, trainSize, batchSize).epoch(epoch)).isEqualTo(order);
  }
}
