package org.regularizedvi.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.regularizedvi.kernel.random.CounterRandom;

/**
 * A small minibatch of two groups of cells with guard cells around its logits, run by the kernel
 * and by the oracle.
 */
final class TestCase {
  static final int ROWS = 9;
  static final int SPLIT = 4; // rows of the first group
  static final int GUARD = 5; // elements after each row, and genes around the tile
  private static final float GUARD_VALUE = -77f;
  static final int FIRST_GENE = 1000 + 37;
  static final int PURPOSE = 3;
  static final long STEP = 11;
  static final float SCALE = -1f / ROWS;
  static final float INTERCEPT = 0.75f;
  static final float FACTOR = 0.8f;

  private final String name;
  final Activation activation;
  final ElementType type;
  final String noise;
  final boolean extras;
  final int columns;
  final int stride;
  final float[][] logits = new float[ROWS][];
  final float[][] sizeLogits = new float[ROWS][];
  final float[] logLibrary = new float[ROWS];
  final float[] logSumExp = new float[ROWS];
  final long[] id = new long[ROWS];
  final GeneTerms[] terms = new GeneTerms[2];
  final int[] rowStart = new int[ROWS + 1];
  final int[] column;
  final float[] count;
  final float[] given;
  final CounterRandom random = new CounterRandom(99);

  TestCase(
      int seed,
      Activation activation,
      ElementType type,
      String noise,
      boolean extras,
      int columns) {
    this.name =
        activation + " " + type + " noise " + noise + " extras " + extras + " columns " + columns;
    this.activation = activation;
    this.type = type;
    this.noise = noise;
    this.extras = extras;
    this.columns = columns;
    this.stride = columns + GUARD;
    SplittableRandom r = new SplittableRandom(seed);
    column = new int[ROWS * columns];
    count = new float[ROWS * columns];
    given = new float[ROWS * stride];
    int entries = 0;
    for (int n = 0; n < ROWS; n++) {
      logits[n] = new float[columns];
      double sum = 0;
      for (int j = 0; j < columns; j++) {
        float a = (float) (4 * r.nextGaussian() + (n == 0 ? 20 : -2));
        logits[n][j] = type == ElementType.FLOAT32 ? a : bfloat16(a);
        sum += Math.exp(logits[n][j]);
        given[n * stride + j] = (float) r.nextGaussian();
        if (r.nextInt(4) == 0) {
          column[entries] = j;
          count[entries++] = drawCount(r);
        }
      }
      rowStart[n + 1] = entries;
      logLibrary[n] = (float) (1 + 2 * r.nextGaussian());
      logSumExp[n] = (float) (Math.log(sum) + 3);
      id[n] = r.nextLong(1L << 40);
    }
    SplittableRandom sizes = new SplittableRandom(~seed);
    for (int n = 0; n < ROWS; n++) {
      sizeLogits[n] = new float[columns];
      for (int j = 0; j < columns; j++) {
        float c = (float) (2 * sizes.nextGaussian());
        sizeLogits[n][j] = type == ElementType.FLOAT32 ? c : bfloat16(c);
      }
    }
    for (int g = 0; g < 2; g++) {
      int length = columns + 2 * GUARD;
      float[] background = new float[extras ? length : 0];
      float[] scaling = new float[extras ? length : 0];
      float[] logTheta = new float[length];
      float[] sigma = new float[noise.equals("none") ? 0 : length];
      for (int j = 0; j < length; j++) {
        logTheta[j] = (float) (2 + 4 * r.nextGaussian());
        if (extras) {
          background[j] = (float) Math.exp(-3 + r.nextGaussian());
          scaling[j] = (float) r.nextDouble(0.5, 2);
        }
        if (sigma.length > 0) {
          sigma[j] = (float) r.nextDouble(0, 0.5);
        }
      }
      terms[g] = new GeneTerms(background, scaling, logTheta, sigma, GUARD);
    }
  }

  private static float drawCount(SplittableRandom r) {
    return switch (r.nextInt(10)) {
      case 0 -> r.nextInt(5, 2000);
      case 1 -> (float) r.nextDouble(0.1, 30); // not whole
      case 2 -> 0; // stored zero
      default -> r.nextInt(1, 5);
    };
  }

  @Override
  public String toString() {
    return name;
  }

  /** Everything the kernel writes. */
  record Result(
      float[] logits,
      double[] logLikelihood,
      double[] logLibrary,
      double[] logFactor,
      double[] rhoGradient,
      GeneGradients[] genes,
      float[] sizeLogits,
      float[] sizeBias) {
    /** All of it as bits. */
    long[] bits() {
      long[] bits = new long[0];
      for (float[] array : new float[][] {logits, sizeLogits, sizeBias}) {
        bits = append(bits, array);
      }
      for (double[] array : new double[][] {logLikelihood, logLibrary, logFactor, rhoGradient}) {
        int n = bits.length;
        bits = Arrays.copyOf(bits, n + array.length);
        for (int i = 0; i < array.length; i++) {
          bits[n + i] = Double.doubleToRawLongBits(array[i]);
        }
      }
      for (GeneGradients g : genes) {
        bits = append(bits, g.bias());
        bits = append(bits, g.background());
        bits = append(bits, g.logScaling());
        bits = append(bits, g.logTheta());
        bits = append(bits, g.logSigma());
      }
      return bits;
    }

    private static long[] append(long[] bits, float[] array) {
      int n = bits.length;
      long[] longer = Arrays.copyOf(bits, n + array.length);
      for (int i = 0; i < array.length; i++) {
        longer[n + i] = Float.floatToRawIntBits(array[i]);
      }
      return longer;
    }
  }

  Result run(CountLikelihood likelihood) {
    return run(likelihood, new Workspace(ROWS));
  }

  void runRows(int from, int to) {
    GroupRows rows = new GroupRows(from, to, terms[0], GeneGradients.NONE);
    try (Arena arena = Arena.ofConfined()) {
      CountLikelihood.fastest()
          .run(
              plan(Pass.VALUE),
              tile(arena),
              cells(new float[ROWS]),
              rows,
              RowSums.ofRows(ROWS + 1),
              new Workspace(1));
    }
  }

  Result run(CountLikelihood likelihood, Workspace workspace) {
    try (Arena arena = Arena.ofConfined()) {
      Tile tile = tile(arena);
      float[] before = read(tile.logits());
      RowSums sums = RowSums.ofRows(ROWS);
      GeneGradients[] genes = {gradients(), gradients()};
      float[] rhoGradient = new float[ROWS];
      if (activation == Activation.SOFTMAX) {
        runGroups(likelihood, Pass.SOFTMAX_SUMS, tile, rhoGradient, sums, genes, workspace);
        for (int n = 0; n < ROWS; n++) {
          rhoGradient[n] = (float) sums.rhoGradient()[n];
        }
        assertThat(read(tile.logits())).isEqualTo(before);
      }
      RowSums values = RowSums.ofRows(ROWS);
      GeneGradients[] none = {GeneGradients.NONE, GeneGradients.NONE};
      runGroups(likelihood, Pass.VALUE, tile, rhoGradient, values, none, workspace);
      assertThat(read(tile.logits())).isEqualTo(before);
      assertThat(values.logLibrary()).containsOnly(0);
      runGroups(likelihood, Pass.GRADIENTS, tile, rhoGradient, sums, genes, workspace);
      assertThat(values.logLikelihood()).isEqualTo(sums.logLikelihood());
      assertGuards(tile.logits(), genes);
      return new Result(
          read(tile.logits()),
          sums.logLikelihood(),
          sums.logLibrary(),
          sums.logFactor(),
          sums.rhoGradient(),
          genes,
          read(tile.sizes().logits()),
          tile.sizes().biasGradient());
    }
  }

  private void runGroups(
      CountLikelihood likelihood,
      Pass pass,
      Tile tile,
      float[] rhoGradient,
      RowSums sums,
      GeneGradients[] genes,
      Workspace workspace) {
    Cells cells = cells(rhoGradient);
    likelihood.run(
        plan(pass), tile, cells, new GroupRows(0, SPLIT, terms[0], genes[0]), sums, workspace);
    likelihood.run(
        plan(pass), tile, cells, new GroupRows(SPLIT, ROWS, terms[1], genes[1]), sums, workspace);
  }

  /** The noise of a row. */
  float[] noise(int n) {
    float[] eps = new float[columns];
    if (noise.equals("generated")) {
      random.normals(PURPOSE, STEP, id[n], FIRST_GENE, eps, 0, columns);
    } else if (noise.equals("given")) {
      System.arraycopy(given, n * stride, eps, 0, columns);
    }
    return eps;
  }

  /** The counts of a row. */
  double[] counts(int n) {
    double[] x = new double[columns];
    for (int k = rowStart[n]; k < rowStart[n + 1]; k++) {
      x[column[k]] = count[k];
    }
    return x;
  }

  /** What an element with bursts depends on: a, c, l, s, log y, m, log sigma, log of a factor. */
  double[] inputs(int n, int j) {
    GeneTerms t = terms[n < SPLIT ? 0 : 1];
    int at = GUARD + j;
    return new double[] {
      logits[n][j],
      sizeLogits[n][j],
      logLibrary[n],
      extras ? t.background()[at] : 0,
      extras ? Math.log(t.scaling()[at]) : 0,
      t.logTheta()[at],
      t.sigma().length > 0 ? Math.log(t.sigma()[at]) : Double.NEGATIVE_INFINITY,
      0
    };
  }

  private Plan plan(Pass pass) {
    Noise source =
        switch (noise) {
          case "none" -> new Noise.None();
          case "given" -> new Noise.Given(given, stride);
          default -> new Noise.Generated(random, PURPOSE, STEP);
        };
    return new Plan(activation, pass, source, SCALE);
  }

  private Cells cells(float[] rhoGradient) {
    return activation == Activation.SOFTMAX
        ? new Cells(logLibrary, id, logSumExp, rhoGradient)
        : Cells.softplus(logLibrary, id);
  }

  private Tile tile(Arena arena) {
    return new Tile(
        FIRST_GENE,
        columns,
        memory(arena, logits),
        type,
        stride,
        rowStart,
        column,
        count,
        new BurstSizes(
            memory(arena, sizeLogits), INTERCEPT, FACTOR, new float[columns + 2 * GUARD]));
  }

  private MemorySegment memory(Arena arena, float[][] values) {
    MemorySegment memory = arena.allocate((long) ROWS * stride * type.bytes());
    for (int n = 0; n < ROWS; n++) {
      for (int j = 0; j < stride; j++) {
        float a = j < columns ? values[n][j] : GUARD_VALUE;
        if (type == ElementType.FLOAT32) {
          memory.setAtIndex(ValueLayout.JAVA_FLOAT, n * stride + j, a);
        } else {
          memory.setAtIndex(
              ValueLayout.JAVA_SHORT,
              n * stride + j,
              (short) (Float.floatToRawIntBits(bfloat16(a)) >>> 16));
        }
      }
    }
    return memory;
  }

  private float[] read(MemorySegment memory) {
    float[] all = new float[ROWS * stride];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          type == ElementType.FLOAT32
              ? memory.getAtIndex(ValueLayout.JAVA_FLOAT, i)
              : Float.intBitsToFloat(memory.getAtIndex(ValueLayout.JAVA_SHORT, i) << 16);
    }
    return all;
  }

  private GeneGradients gradients() {
    int length = columns + 2 * GUARD;
    return new GeneGradients(
        new float[length],
        new float[extras ? length : 0],
        new float[extras ? length : 0],
        new float[length],
        new float[length],
        GUARD);
  }

  private void assertGuards(MemorySegment memory, GeneGradients[] genes) {
    float[] all = read(memory);
    for (int n = 0; n < ROWS; n++) {
      for (int j = columns; j < stride; j++) {
        assertThat(all[n * stride + j]).isEqualTo(bfloat16(GUARD_VALUE));
      }
    }
    for (GeneGradients g : genes) {
      for (float[] array :
          new float[][] {g.bias(), g.background(), g.logScaling(), g.logTheta(), g.logSigma()}) {
        for (int j = 0; j < GUARD && array.length > 0; j++) {
          assertThat(array[j]).isZero();
          assertThat(array[GUARD + columns + j]).isZero();
        }
      }
    }
  }

  private static float bfloat16(float a) {
    int bits = Float.floatToRawIntBits(a);
    int lower = bits & 0xffff;
    int upper = bits & 0xffff0000;
    boolean up = lower > 0x8000 || (lower == 0x8000 && (bits & 0x10000) != 0);
    return Float.intBitsToFloat(up ? upper + 0x10000 : upper);
  }
}
