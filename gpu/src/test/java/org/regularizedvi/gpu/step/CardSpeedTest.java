package org.regularizedvi.gpu.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.NetworkConfig;
import org.regularizedvi.core.config.Precision;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.engine.StepLosses;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Measures steps on a card, where there is one ({@code bench/gpu/check.sh}): whole ones, and those
 * of the card alone; and checks that two runs end in the same bits and memory does not grow.
 */
@EnabledIfSystemProperty(named = "gpu.library", matches = "libcuda.*")
final class CardSpeedTest {
  private static final int WARM_UP = 20;
  private static final int STEPS = Integer.getInteger("gpu.steps", 200);
  private static final int MANY = 5 * STEPS;

  /** The number of cells of the data set whose minibatches are made, by which dropout goes. */
  private static final int CELLS_OF_DATA_SET = 10_000;

  /** Cells, genes, hidden units, latent dimensions; others with {@code -Dgpu.shapes=...}. */
  private static final String SHAPES = "1024x20000x512x128,128x2000x512x128";

  static Stream<Arguments> shapes() {
    return Arrays.stream(System.getProperty("gpu.shapes", SHAPES).split(","))
        .flatMap(
            shape ->
                Stream.of(
                    Arguments.of(shape, Precision.BFLOAT16),
                    Arguments.of(shape, Precision.FLOAT32)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void steps(String shape, Precision precision) {
    int[] sizes = Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
    int cells = sizes[0];
    int genes = sizes[1];
    ModelConfig config =
        ModelConfig.recommended()
            .with(NetworkConfig.recommended().withSize(sizes[2], sizes[3], 1))
            .forCells(CELLS_OF_DATA_SET);
    Map<String, float[]> first = run(cells, genes, config, precision, true);
    Map<String, float[]> second = run(cells, genes, config, precision, false);
    first.forEach(
        (name, values) -> assertThat(Arrays.equals(values, second.get(name))).as(name).isTrue());
  }

  private static Map<String, float[]> run(
      int cells, int genes, ModelConfig config, Precision precision, boolean told) {
    try (Device device = StandIn.open();
        SmallTraining training = new SmallTraining(cells, genes, config);
        DeviceStep step = training.onCard(device, precision)) {
      training.keep(step);
      training.run(step, 0, WARM_UP);
      long left = device.bytesLeft();
      long start = System.nanoTime();
      List<StepLosses> losses = training.run(step, WARM_UP, WARM_UP + STEPS);
      double whole = (System.nanoTime() - start) * 1e-6 / STEPS;
      assertThat(losses).allMatch(StepLosses::finite);
      if (told) {
        System.out.printf(
            "%s, driver for CUDA %d; %d cells x %d genes, %s: %.2f ms a step, %.3f on the card"
                + " alone, %.2f GB%n",
            device.facts().name(),
            device.facts().driverVersion(),
            cells,
            genes,
            precision,
            whole,
            alone(device, training, step),
            step.bytes() * 1e-9);
        training.run(step, WARM_UP + STEPS, WARM_UP + STEPS + MANY);
        assertThat(device.bytesLeft()).as("the card's free memory").isEqualTo(left);
      }
      try (SmallTraining again = new SmallTraining(cells, genes, config);
          DeviceStep few = again.onCard(device, precision)) {
        again.run(few, 0, WARM_UP);
        return again.stored(few);
      }
    }
  }

  /** {@return milliseconds of a step whose minibatch is there already} */
  private static double alone(Device device, SmallTraining training, DeviceStep step) {
    Minibatch minibatch = training.minibatch();
    CounterNoise noise = new CounterNoise(new CounterRandom(3), 0, minibatch.cells());
    device.enter();
    device.await();
    long start = System.nanoTime();
    for (int s = 0; s < STEPS; s++) {
      step.repeat(minibatch, noise);
    }
    device.await();
    return (System.nanoTime() - start) * 1e-6 / STEPS;
  }
}
