package org.regularizedvi.cpu.head;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.draw.CounterNoise;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.core.start.ParameterLayout;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.cpu.layer.HiddenLayers;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.cpu.product.Products;
import org.regularizedvi.cpu.sparse.GeneTiles;
import org.regularizedvi.cpu.sparse.TileRange;
import org.regularizedvi.cpu.sparse.TileStarts;
import org.regularizedvi.cpu.sparse.TiledCounts;
import org.regularizedvi.cpu.split.Split;
import org.regularizedvi.cpu.work.Workers;
import org.regularizedvi.kernel.ElementType;
import org.regularizedvi.kernel.random.CounterRandom;

/** The head over several tiles, the last of which is smaller. */
class HeadTest {
  private static final int CELLS = 37;
  private static final CellData DATA = TestCells.of(CELLS, CovariateKeys.batch("batch"));
  private static final Minibatch MINIBATCH =
      DATA.minibatchByGroup(IntStream.range(0, CELLS).toArray());
  private static final GeneTiles TILES = GeneTiles.of(TestCells.GENES);
  private static final Products PRODUCTS = Products.here();

  private static final float[] LIBRARY =
      floats(IntStream.range(0, CELLS).mapToDouble(n -> 3 + 0.1 * (n % 5)).toArray());

  private static float[] floats(double... values) {
    float[] floats = new float[values.length];
    for (int n = 0; n < floats.length; n++) {
      floats[n] = (float) values[n];
    }
    return floats;
  }

  private static ModalitySpec spec(ScaleActivation activation) {
    ModelConfig config =
        TestCells.smallModel()
            .with(
                new GenerativeConfig(
                    Dispersion.GENE_BATCH,
                    LatentDistribution.NORMAL,
                    activation,
                    true,
                    true,
                    false,
                    DecoderConfig.defaults()));
    return new ModalitySpec(
        0,
        StoredNames.single(),
        TestCells.GENES,
        config.network().nLatent(),
        config,
        CategoryCounts.of(DATA.schema()));
  }

  private static Parameters parameters(ModalitySpec spec) {
    return Parameters.start(ParameterLayout.ofAll(NetworkSpec.single(spec)), 9);
  }

  private static Matrix hidden(Arena arena, ModalitySpec spec) {
    Matrix hidden = Matrix.in(arena, CELLS, spec.decoder().hidden());
    for (int n = 0; n < CELLS; n++) {
      for (int u = 0; u < hidden.columns(); u++) {
        hidden.set(n, u, Math.max(0, (float) Math.sin(1 + n * 31 + u * 17)));
      }
    }
    return hidden;
  }

  private static TiledCounts counts(Workers workers) {
    TileStarts starts = new TileStarts(TILES, TileRange.all(TILES));
    starts.fill(MINIBATCH.counts().getFirst(), workers);
    TiledCounts counts = new TiledCounts(starts);
    counts.fill(MINIBATCH.counts().getFirst(), workers);
    return counts;
  }

  @ParameterizedTest
  @EnumSource(ScaleActivation.class)
  void bitsDoNotDependOnThreads(ScaleActivation activation) {
    for (ElementType type : ElementType.values()) {
      if (PRODUCTS.takes(type)) {
        Map<String, float[]> one = gradients(spec(activation), type, 1);
        for (int threads : new int[] {2, 3, 5}) {
          gradients(spec(activation), type, threads)
              .forEach(
                  (name, values) ->
                      assertThat(values)
                          .as("%s with %d threads, %s", name, threads, type)
                          .isEqualTo(one.get(name)));
        }
      }
    }
  }

  private static Map<String, float[]> gradients(ModalitySpec spec, ElementType type, int threads) {
    try (Arena arena = Arena.ofShared();
        Parameters parameters = parameters(spec);
        Workers workers = new Workers(threads);
        Split split = Split.alone(workers);
        Head head = new Head(spec, parameters, type, true, split, PRODUCTS)) {
      CounterNoise noise = new CounterNoise(new CounterRandom(3), 1, MINIBATCH.cells());
      float[] weight = new float[TestCells.GENES * spec.decoder().hidden()];
      Head.Result result =
          head.gradients(
              new HiddenLayers(hidden(arena, spec), Optional.empty()),
              LIBRARY,
              MINIBATCH,
              counts(workers),
              noise,
              1f / CELLS,
              (matrix, first, rows, gradient) ->
                  MemorySegment.copy(
                      gradient,
                      JAVA_FLOAT,
                      0,
                      weight,
                      first * matrix.stride(),
                      rows * matrix.stride()));
      Map<String, float[]> all = new LinkedHashMap<>(result.genes());
      all.put("weight", weight);
      all.put("hidden", result.hidden().ownNH().numbers().values());
      all.put("library", result.library());
      all.put("log-likelihood", floats(result.logLikelihood()));
      return all;
    }
  }

  /** Theta has no spread here, so that the value and the gradients are of one theta. */
  @ParameterizedTest
  @EnumSource(ScaleActivation.class)
  void hiddenGradientIsTheSlopeOfTheValue(ScaleActivation activation) {
    ModalitySpec spec = spec(activation);
    try (Arena arena = Arena.ofShared();
        Parameters parameters = parameters(spec);
        Workers workers = new Workers(2);
        Split split = Split.alone(workers)) {
      MemorySegment logSigma = parameters.memory(new InverseDispersion(spec).logSigma());
      for (long i = 0; i < logSigma.byteSize() / Float.BYTES; i++) {
        logSigma.setAtIndex(JAVA_FLOAT, i, -30);
      }
      try (Head head = new Head(spec, parameters, ElementType.FLOAT32, true, split, PRODUCTS)) {
        Matrix hidden = hidden(arena, spec);
        TiledCounts counts = counts(workers);
        CounterNoise noise = new CounterNoise(new CounterRandom(3), 1, MINIBATCH.cells());
        Matrix found =
            head.gradients(
                    new HiddenLayers(hidden, Optional.empty()),
                    LIBRARY,
                    MINIBATCH,
                    counts,
                    noise,
                    -1,
                    (_, _, _, _) -> {})
                .hidden()
                .ownNH();
        float[] gradient = found.numbers().values();
        float step = 0.02f;
        for (int u = 0; u < hidden.columns(); u += 7) {
          double[] above = moved(head, hidden, u, step, counts);
          double[] below = moved(head, hidden, u, -step, counts);
          for (int n = 0; n < CELLS; n++) {
            double slope = (above[n] - below[n]) / (2 * step);
            assertThat((double) gradient[n * hidden.columns() + u])
                .as("cell %d, unit %d", n, u)
                .isCloseTo(slope, within(0.02 + 0.01 * Math.abs(slope)));
          }
        }
      }
    }
  }

  private static double[] moved(
      Head head, Matrix hidden, int unit, float step, TiledCounts counts) {
    for (int n = 0; n < CELLS; n++) {
      hidden.set(n, unit, hidden.get(n, unit) + step);
    }
    double[] value =
        head.value(new HiddenLayers(hidden, Optional.empty()), LIBRARY, MINIBATCH, counts);
    for (int n = 0; n < CELLS; n++) {
      hidden.set(n, unit, hidden.get(n, unit) - step);
    }
    return value;
  }
}
