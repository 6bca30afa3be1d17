package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * Wide products agree with sums in double, and Adam behind one has the bits of the processors',
 * given the same gradient; at sizes that fill no tile. On a card a gradient of bfloat16 operands is
 * the same within the rounding of its sums.
 */
final class WideWeightTest {
  private static final int ROWS = 150;
  private static final int GENES = 300;
  private static final int UNITS = 40;
  private static final double LR = 8e-3;
  private static final OptimiserConfig CONFIG = OptimiserConfig.published();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void productsAgreeWithDouble(boolean bfloat16) {
    Random random = new Random(5);
    float[] left = matrix(random, ROWS * GENES, bfloat16);
    float[] weight = matrix(random, GENES * UNITS, bfloat16);
    float[] bias = matrix(random, UNITS, false);
    try (Device device = StandIn.open();
        DeviceArena arena = new DeviceArena(device);
        Arena host = Arena.ofConfined()) {
      Kernels kernels = new Kernels(device, bfloat16);
      WideWeight own = weight(kernels, arena, host, weight);
      try (Launches launches = new Launches(kernels)) {
        DeviceMemory out = arena.words(ROWS * UNITS);
        Frame frame =
            new Frame(
                launches, ROWS, true, false, false, false, DeviceMemory.NONE, DeviceMemory.NONE);
        own.multiply(
            frame,
            operand(kernels, arena, Numbers.padded(left, GENES, ROWS, own.stride())),
            arena.words(own.partNumbers(ROWS)),
            arena.of(bias),
            out,
            false);
        launches.run();
        float[] found = Numbers.floats(out);
        for (int n = 0; n < ROWS; n++) {
          for (int h = 0; h < UNITS; h++) {
            double sum = bias[h];
            double sizes = Math.abs(sum);
            for (int g = 0; g < GENES; g++) {
              double product = (double) left[n * GENES + g] * weight[g * UNITS + h];
              sum += product;
              sizes += Math.abs(product);
            }
            assertThat((double) found[n * UNITS + h])
                .isCloseTo(sum, within(1e-6 * sizes)); // sums of 300 float32 numbers
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void adamBehindTheProductHasTheBitsOfTheProcessors(boolean bfloat16) {
    Random random = new Random(6);
    float[] gradient = matrix(random, ROWS * GENES, bfloat16);
    float[] hidden = matrix(random, ROWS * UNITS, bfloat16);
    float[] weight = matrix(random, GENES * UNITS, false);
    float[] first = matrix(random, GENES * UNITS, false);
    float[] second = matrix(random, GENES * UNITS, false);
    float[] penalty = new float[GENES];
    for (int i = 0; i < second.length; i++) {
      second[i] = Math.abs(second[i]) * 1e-3f;
    }
    for (int g = 0; g < GENES; g++) {
      penalty[g] = random.nextFloat() * 1e-3f;
    }
    try (Device device = StandIn.open();
        DeviceArena arena = new DeviceArena(device);
        Moments moments = new Moments(device, CONFIG);
        Arena host = Arena.ofConfined()) {
      Kernels kernels = new Kernels(device, bfloat16);
      MemorySegment stored = host.allocate(GENES * UNITS * 4L, 64);
      stored.copyFrom(MemorySegment.ofArray(weight));
      WideWeight own =
          new WideWeight(
              kernels,
              arena,
              new WideWeight.Layout(stored, GENES, UNITS, UNITS, 1, UNITS),
              moving(0.5));
      own.penalise(arena, penalty);
      own.addMoments("w", moments);
      moments.restore(4, Map.of("w (first moment)", first, "w (second moment)", second));
      StepFacts facts = new StepFacts(arena);
      moments.setLr(LR);
      AdamStep adam = moments.next();
      facts.send(
          new CounterNoise(new CounterRandom(1), 0, new int[ROWS]), 1, 1.0 / ROWS, 0.01, adam);
      try (Launches launches = new Launches(kernels)) {
        Frame frame =
            new Frame(launches, ROWS, true, false, false, false, facts.device(), DeviceMemory.NONE);
        int stride = bfloat16 ? own.units() : UNITS;
        own.step(
            frame,
            operand(kernels, arena, Numbers.padded(gradient, GENES, ROWS, own.stride())),
            operand(kernels, arena, Numbers.padded(hidden, UNITS, ROWS, stride)),
            stride);
        launches.run();
        device.await();
      }
      // The same on processors: sums in the order of cells, fused, as both kinds of kernels have
      // them on the stand-in.
      MemorySegment p = host.allocate(GENES * UNITS * 4L, 64);
      p.copyFrom(MemorySegment.ofArray(weight));
      MemorySegment g = host.allocate(GENES * UNITS * 4L, 64);
      double penalties = 0;
      for (int gene = 0; gene < GENES; gene++) {
        for (int h = 0; h < UNITS; h++) {
          float sum = 0;
          for (int n = 0; n < ROWS; n++) {
            sum = Math.fma(gradient[n * GENES + gene], hidden[n * UNITS + h], sum);
          }
          float slope = weight[gene * UNITS + h] * penalty[gene];
          penalties += (double) weight[gene * UNITS + h] * slope;
          g.setAtIndex(JAVA_FLOAT, gene * UNITS + h, slope + sum);
        }
      }
      MemorySegment m = host.allocate(GENES * UNITS * 4L, 64);
      m.copyFrom(MemorySegment.ofArray(first));
      MemorySegment v = host.allocate(GENES * UNITS * 4L, 64);
      v.copyFrom(MemorySegment.ofArray(second));
      adam.times(0.5).apply(p, g, m, v, 0, GENES * UNITS);
      own.store();
      // Tensor cores have an order of sums of their own.
      float off = bfloat16 && StandIn.onCard() ? 1e-5f : 0;
      same(stored, p, off);
      var after = moments.moments();
      same(after.get("w (first moment)"), m, off);
      same(after.get("w (second moment)"), v, off);
      if (bfloat16) {
        float[] copy = Numbers.ofHalves(own.operand());
        float[] values = stored.toArray(JAVA_FLOAT);
        for (int gene = 0; gene < GENES; gene++) {
          for (int h = 0; h < UNITS; h++) {
            assertThat(copy[gene * own.units() + h])
                .isEqualTo(Numbers.rounded(values[gene * UNITS + h]));
          }
        }
      }
      double found = 0;
      for (double block : doubles(own.penaltySums(), own.penaltyBlocks())) {
        found += block;
      }
      assertThat(found).isCloseTo(penalties, within(1e-12 * penalties)); // another order in double
      assertThat(Numbers.floats(own.broken())[0]).isZero();
    }
  }

  private static void same(MemorySegment found, MemorySegment wanted, float off) {
    assertThat(found.toArray(JAVA_FLOAT)).containsExactly(wanted.toArray(JAVA_FLOAT), within(off));
  }

  private static double[] doubles(DeviceMemory memory, int count) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(count * 8L, 8);
      memory.download(copy);
      memory.device().await();
      return copy.toArray(ValueLayout.JAVA_DOUBLE);
    }
  }

  private static WideWeight weight(Kernels kernels, DeviceArena arena, Arena host, float[] values) {
    MemorySegment stored = host.allocate(GENES * UNITS * 4L, 64);
    stored.copyFrom(MemorySegment.ofArray(values));
    return new WideWeight(
        kernels, arena, new WideWeight.Layout(stored, GENES, UNITS, UNITS, 1, UNITS), moving(1));
  }

  private static ParameterSpec moving(double lrMultiplier) {
    ParameterSpec.Start start = new ParameterSpec.Start.Constant(0);
    long[] shape = {GENES, UNITS};
    return new ParameterSpec("w", shape, start, ParameterSpec.Role.TRAINED, lrMultiplier);
  }

  private static DeviceMemory operand(Kernels kernels, DeviceArena arena, float[] values) {
    return kernels.bfloat16() ? arena.of(Numbers.halves(values)) : arena.of(values);
  }

  private static float[] matrix(Random random, int size, boolean bfloat16) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      float x = (float) (random.nextGaussian() * 0.3);
      values[i] = bfloat16 ? Numbers.rounded(x) : x;
    }
    return values;
  }
}
