package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regularizedvi.core.config.OptimiserConfig;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.draw.Draw;
import org.regularizedvi.gpu.StandIn;
import org.regularizedvi.gpu.code.Code;
import org.regularizedvi.gpu.driver.Device;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;
import org.regularizedvi.gpu.driver.Struct;
import org.regularizedvi.kernel.Activation;
import org.regularizedvi.kernel.BurstSizes;
import org.regularizedvi.kernel.Cells;
import org.regularizedvi.kernel.CountLikelihood;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.GeneGradients;
import org.regularizedvi.kernel.GeneTerms;
import org.regularizedvi.kernel.GroupRows;
import org.regularizedvi.kernel.Noise;
import org.regularizedvi.kernel.Pass;
import org.regularizedvi.kernel.Plan;
import org.regularizedvi.kernel.RowSums;
import org.regularizedvi.kernel.Tile;
import org.regularizedvi.kernel.Workspace;
import org.regularizedvi.kernel.optimiser.AdamStep;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * The head's gradients by the logits have the bits of the kernel on processors, noise made on the
 * card and counts up to 300 included; its sums agree but for their order. On a card those in
 * bfloat16 agree within their rounding.
 */
final class HeadForwardTest {
  /** On a card they are 1,024 x 20,000. */
  private static final int ROWS = Integer.getInteger("gpu.rows", 140);

  private static final int GENES = Integer.getInteger("gpu.genes", 200);
  private static final int UNITS = 32;
  private static final int SPLIT = 37;
  private static final int ROWS_OF_TILES = Math.ceilDiv(ROWS, 128);
  private static final int STRIDE = WideWeight.stride(GENES);
  private static final CounterRandom RANDOM = new CounterRandom(0x123456789abcdefL);
  private static final long STEP = 77;
  private static final Draw DRAW = Draw.of(Draw.Kind.THETA, 0);

  private final Random random = new Random(5);
  private final float[] hidden = matrix(ROWS * UNITS, 0.5);
  private final float[] weight = matrix(GENES * UNITS, 0.3);
  private final float[] bias = matrix(GENES, 1);
  private final float[] logLibrary = matrix(ROWS, 0.5);
  private final int[] counts = new int[ROWS * GENES];
  private final int[] cells = new int[ROWS];

  /** Two groups of cells with parameters of their own. */
  private final float[][] background = {matrix(GENES, 0.1), matrix(GENES, 0.1)};

  private final float[][] scaling = {matrix(GENES, 0.1), matrix(GENES, 0.1)};
  private final float[][] logTheta = {matrix(GENES, 1), matrix(GENES, 1)};
  private final float[][] sigma = {matrix(GENES, 0.1), matrix(GENES, 0.1)};

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsHaveTheBitsOfTheProcessors(boolean bfloat16) {
    fill(bfloat16);
    float[] gradient;
    float[] geneSums;
    float[] cellSums;
    int segments = 1 + ROWS_OF_TILES;
    try (Device device = StandIn.open();
        DeviceArena arena = new DeviceArena(device)) {
      Kernels kernels = new Kernels(device, bfloat16);
      StepFacts facts = new StepFacts(arena);
      OptimiserConfig adam = OptimiserConfig.published();
      facts.send(
          new CounterNoise(RANDOM, STEP, cells),
          1,
          1.0 / ROWS,
          0.01,
          new AdamStep(1, 0.1, adam.beta1(), adam.beta2(), adam.eps(), 0));
      DeviceMemory sumsOfGenes = arena.words((long) segments * 6 * STRIDE);
      DeviceMemory sumsOfCells = arena.words(STRIDE / 128 * 3L * ROWS);
      DeviceMemory out = arena.zeros((long) ROWS * STRIDE * kernels.operandBytes());
      try (Launches launches = new Launches(kernels)) {
        Struct likelihood =
            launches.struct(
                facts.device(),
                arena.of(dense()),
                DeviceMemory.NONE,
                arena.of(libraries()),
                arena.of(cells),
                DeviceMemory.NONE,
                launches.struct(
                    table(arena, background),
                    table(arena, scaling),
                    table(arena, logTheta),
                    table(arena, sigma),
                    STRIDE),
                launches.struct(
                    arena.of(firstRows()),
                    arena.of(segmentsOfTiles()),
                    arena.of(groups()),
                    arena.of(groups()),
                    arena.of(groups()),
                    1,
                    1),
                launches.struct(NoiseSource.tag(DRAW), GENES, DeviceMemory.NONE),
                0,
                ROWS,
                GENES,
                STRIDE,
                sumsOfGenes,
                sumsOfCells);
        launches.add(
            kernels.fitting(Code.HEAD_FORWARD_FLOAT32, Code.HEAD_FORWARD_BFLOAT16),
            STRIDE / 128,
            ROWS_OF_TILES,
            1,
            likelihood,
            operand(kernels, arena, hidden),
            operand(kernels, arena, Numbers.padded(weight, UNITS, STRIDE, UNITS)),
            arena.of(bias),
            out,
            UNITS);
        launches.run();
        gradient = bfloat16 ? Numbers.ofHalves(out) : Numbers.floats(out);
        geneSums = Numbers.floats(sumsOfGenes);
        cellSums = Numbers.floats(sumsOfCells);
      }
    }
    compare(bfloat16, gradient, geneSums, cellSums);
  }

  private void compare(boolean bfloat16, float[] gradient, float[] geneSums, float[] cellSums) {
    MemorySegment logits = Arena.ofAuto().allocate(ROWS * GENES * 4L, 64);
    for (int n = 0; n < ROWS; n++) {
      for (int g = 0; g < GENES; g++) {
        float sum = 0;
        for (int k = 0; k < UNITS; k++) {
          sum = Math.fma(hidden[n * UNITS + k], weight[g * UNITS + k], sum);
        }
        logits.setAtIndex(JAVA_FLOAT, n * GENES + g, sum + bias[g]);
      }
    }
    RowSums sums = RowSums.ofRows(ROWS);
    GeneGradients[] sumsOfGenes = {gradients(), gradients()};
    for (int group = 0; group < 2; group++) {
      CountLikelihood.scalar()
          .run(
              new Plan(
                  Activation.SOFTPLUS,
                  Pass.GRADIENTS,
                  new Noise.Generated(RANDOM, DRAW.purpose(), DRAW.step(STEP)),
                  -(float) (1.0 / ROWS)),
              tile(logits),
              Cells.softplus(logLibrary, Arrays.stream(cells).asLongStream().toArray()),
              new GroupRows(
                  group == 0 ? 0 : SPLIT,
                  group == 0 ? SPLIT : ROWS,
                  new GeneTerms(
                      background[group], scaling[group], logTheta[group], sigma[group], 0),
                  sumsOfGenes[group]),
              sums,
              new Workspace(1));
    }
    for (int n = 0; n < ROWS; n++) {
      for (int g = 0; g < GENES; g++) {
        float expected = logits.getAtIndex(JAVA_FLOAT, n * GENES + g);
        float wanted = bfloat16 ? Numbers.rounded(expected) : expected;
        // Tensor cores have an order of sums of their own, so a gradient may be rounded otherwise.
        float off = bfloat16 && StandIn.onCard() ? 1e-8f + Math.abs(wanted) * 0x1p-7f : 0;
        assertThat(gradient[n * STRIDE + g])
            .as("cell %d, gene %d, count %d", n, g, counts[n * GENES + g])
            .isCloseTo(wanted, within(off));
      }
      for (int g = GENES; g < STRIDE; g++) {
        assertThat(gradient[n * STRIDE + g]).isZero();
      }
    }
    double[] logFactorials = CountRows.logFactorials(SparseCounts.of(counts, ROWS, GENES));
    for (int n = 0; n < ROWS; n++) {
      double value = -logFactorials[n];
      double byLibrary = 0;
      for (int t = 0; t < STRIDE / 128; t++) {
        value += cellSums[(t * 3) * ROWS + n];
        byLibrary += cellSums[(t * 3 + 1) * ROWS + n];
      }
      // float32 sums of 128 genes in another order
      assertThat(value)
          .isCloseTo(sums.logLikelihood()[n], within(1e-6 * Math.abs(sums.logLikelihood()[n])));
      assertThat(byLibrary).isCloseTo(sums.logLibrary()[n], within(1e-5));
    }
    for (int g = 0; g < GENES; g++) {
      near(sum(geneSums, 0, g, 0, 1), sumsOfGenes[0].bias()[g]);
      near(sum(geneSums, 0, g, 1, 1 + ROWS_OF_TILES), sumsOfGenes[1].bias()[g]);
      near(sum(geneSums, 1, g, 1, 1 + ROWS_OF_TILES), sumsOfGenes[1].background()[g]);
      near(sum(geneSums, 2, g, 1, 1 + ROWS_OF_TILES), sumsOfGenes[1].logScaling()[g]);
      near(sum(geneSums, 3, g, 0, 1), sumsOfGenes[0].logTheta()[g]);
      near(sum(geneSums, 4, g, 1, 1 + ROWS_OF_TILES), sumsOfGenes[1].logSigma()[g]);
    }
  }

  /** The first tile of rows has two segments, the others have one. */
  private static int[] firstRows() {
    int[] rows = new int[2 + ROWS_OF_TILES];
    rows[1] = SPLIT;
    for (int s = 2; s < rows.length; s++) {
      rows[s] = Math.min(ROWS, (s - 1) * 128);
    }
    return rows;
  }

  private static int[] segmentsOfTiles() {
    int[] first = new int[1 + ROWS_OF_TILES];
    for (int t = 1; t < first.length; t++) {
      first[t] = t + 1;
    }
    return first;
  }

  private static int[] groups() {
    int[] groups = new int[1 + ROWS_OF_TILES];
    Arrays.fill(groups, 1, groups.length, 1);
    return groups;
  }

  /** Sums over cells in another order, of numbers below 1. */
  private static void near(double found, double wanted) {
    assertThat(found).isCloseTo(wanted, within(1e-6 + 1e-5 * Math.abs(wanted)));
  }

  private static double sum(float[] geneSums, int which, int gene, int from, int to) {
    double sum = 0;
    for (int s = from; s < to; s++) {
      sum += geneSums[(s * 6 + which) * STRIDE + gene];
    }
    return sum;
  }

  private void fill(boolean bfloat16) {
    for (int i = 0; i < counts.length; i++) {
      if (random.nextDouble() < 0.15) {
        counts[i] = random.nextDouble() < 0.8 ? 1 + random.nextInt(4) : 1 + random.nextInt(300);
      }
    }
    for (int n = 0; n < ROWS; n++) {
      cells[n] = 1000 + 37 * n;
    }
    for (int group = 0; group < 2; group++) {
      for (int g = 0; g < GENES; g++) {
        background[group][g] = (float) Math.exp(background[group][g] - 4);
        scaling[group][g] += 1;
        sigma[group][g] = (float) Math.exp(sigma[group][g] - 2);
      }
    }
    for (float[] operand : new float[][] {hidden, weight}) {
      for (int i = 0; bfloat16 && i < operand.length; i++) {
        operand[i] = Numbers.rounded(operand[i]);
      }
    }
  }

  private float[] matrix(int size, double spread) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (random.nextGaussian() * spread);
    }
    return values;
  }

  private short[] dense() {
    short[] dense = new short[ROWS * STRIDE];
    for (int n = 0; n < ROWS; n++) {
      for (int g = 0; g < GENES; g++) {
        dense[n * STRIDE + g] = (short) counts[n * GENES + g];
      }
    }
    return dense;
  }

  private float[] libraries() {
    float[] libraries = new float[ROWS];
    for (int n = 0; n < ROWS; n++) {
      libraries[n] = (float) Math.exp(logLibrary[n]);
    }
    return libraries;
  }

  private static DeviceMemory table(DeviceArena arena, float[][] groups) {
    float[] all = new float[groups.length * STRIDE];
    for (int group = 0; group < groups.length; group++) {
      System.arraycopy(groups[group], 0, all, group * STRIDE, GENES);
    }
    return arena.of(all);
  }

  private static DeviceMemory operand(Kernels kernels, DeviceArena arena, float[] values) {
    return kernels.bfloat16() ? arena.of(Numbers.halves(values)) : arena.of(values);
  }

  private static GeneGradients gradients() {
    return new GeneGradients(
        new float[GENES],
        new float[GENES],
        new float[GENES],
        new float[GENES],
        new float[GENES],
        0);
  }

  private Tile tile(MemorySegment logits) {
    var rows = SparseCounts.of(counts, ROWS, GENES);
    return new Tile(
        0,
        GENES,
        logits,
        ElementType.FLOAT32,
        GENES,
        rows.indptr(),
        rows.indices(),
        rows.values(),
        BurstSizes.NONE);
  }
}
