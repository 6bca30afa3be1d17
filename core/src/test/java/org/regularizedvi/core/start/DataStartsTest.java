package org.regularizedvi.core.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CategoryMapping;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.DecoderType;
import org.regularizedvi.core.config.Dispersion;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.LatentDistribution;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.PriorConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.config.ValueStartConfig;
import org.regularizedvi.core.config.VarianceStartConfig;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.StoredNames;
import org.regularizedvi.options.Records;

/**
 * Start values from data against the same formulas on a dense matrix, as one would write them in
 * numpy.
 */
final class DataStartsTest {
  private static final int CELLS = 730;
  private static final int GENES = 23;

  /** Two ambient keys, of 3 and 2 categories. */
  private static final int[][] AMBIENT = {cycle(3), cycle(2)};

  private static final int[] SIZES = {3, 2};
  private static final double[][] X = counts();

  @Test
  void biasStartsAtTheMeanOfScaledCounts() {
    float[] bias = starts(ModelConfig.recommended()).values().decoder().bias().orElseThrow();
    for (int g = 0; g < GENES; g++) {
      assertThat(softplus(bias[g])).isCloseTo(Math.max(mean(scaled(g, 1)), 0.01), near(1e-5));
    }
    assertThat(softplus(bias[GENES - 1])).as("a gene without counts").isCloseTo(0.01, near(1e-5));
  }

  /**
   * At the mean a weight of one width changes the logarithm of expression, to first order, by 1 in
   * a feature whose logarithm varies as usual, and by the root of what it varies by more in others.
   */
  @Test
  void decoderWeightsAreAsWideAsMeanAndVarianceAllow() {
    ModelConfig flat =
        ModelConfig.recommended()
            .with(Records.with(StartConfig.recommended(), "dispersionInit", DispersionInit.PRIOR));
    DataStarts starts = starts(ModelConfig.recommended());
    float[] bias = starts.values().decoder().bias().orElseThrow();
    float[] widths = starts.priors().weightWidthG().orElseThrow();
    float[] byMean = starts(flat).priors().weightWidthG().orElseThrow();
    double[] totals = totals();
    double c = variance(totals) / Math.pow(mean(totals), 2);
    for (int g = 0; g < GENES; g++) {
      double step = 1e-4;
      double slope =
          (Math.log(softplus(bias[g] + step)) - Math.log(softplus(bias[g] - step))) / (2 * step);
      double[] x = gene(g);
      double m = mean(x);
      double excess = Math.max((variance(x) - m - c * m * m) / (1 + c), 0);
      double v = m > 0 ? Math.log(1 + excess / (m * m)) : 0;
      assertThat(slope * byMean[g]).isCloseTo(1, near(1e-5));
      assertThat(slope * widths[g]).isCloseTo(Math.sqrt((0.1 + v) / 0.5), near(1e-5));
    }
    assertThat(widths[GENES - 1])
        .as("a gene without counts")
        .isCloseTo((float) (1.005 * Math.sqrt(0.2)), within(1e-3f));
  }

  @Test
  void onTheLogScaleAndWithoutPenaltyNoWeightHasAWidth() {
    ModelConfig softmax =
        ModelConfig.recommended()
            .with(
                Records.with(
                    GenerativeConfig.defaults(), "scaleActivation", ScaleActivation.SOFTMAX));
    ModelConfig free =
        ModelConfig.recommended()
            .with(Records.with(PenaltyConfig.recommended(), "decoderLatentWeightL2", 0.0));
    assertThat(starts(softmax).priors().weightWidthG()).isEmpty();
    assertThat(starts(free).priors().weightWidthG()).isEmpty();
  }

  @Test
  void sensitivityDividesTheScale() {
    ModelConfig half =
        ModelConfig.recommended()
            .with(PriorConfig.recommended().withCentering(OptionalDouble.of(0.5)));
    DataStarts starts = starts(half);
    assertThat(softplus(starts.values().decoder().bias().orElseThrow()[9]))
        .isCloseTo(mean(scaled(9, 0.5)), near(1e-5));
    assertThat(starts.values().logSensitivity()).isCloseTo(Math.log(0.5), within(1e-6));
    assertThat(starts.priors().library().logSensitivity())
        .isCloseTo((float) Math.log(0.5), within(1e-6f));
  }

  @Test
  void withoutCentringTheBiasIsAShare() {
    ModelConfig uncentred =
        ModelConfig.recommended()
            .with(PriorConfig.recommended().withCentering(OptionalDouble.empty()));
    float[] bias = starts(uncentred).values().decoder().bias().orElseThrow();
    double[] totals = totals();
    double[] shares = new double[CELLS];
    Arrays.setAll(shares, n -> totals[n] == 0 ? 0 : X[n][3] / totals[n]);
    assertThat(softplus(bias[3])).isCloseTo(mean(shares), near(1e-5));
    double meanTotal = mean(totals);
    assertThat(softplus(bias[GENES - 1])).isCloseTo(0.01 / meanTotal, near(1e-5));
  }

  @Test
  void sizeFactorsTakeTheTotalsPlace() {
    float[] factors = new float[CELLS];
    double[] shares = new double[CELLS];
    for (int n = 0; n < CELLS; n++) {
      factors[n] = 1 + n % 4;
      shares[n] = X[n][3] / factors[n];
    }
    float[] bias =
        starts(ModelConfig.recommended(), factors).values().decoder().bias().orElseThrow();
    assertThat(softplus(bias[3])).isCloseTo(mean(shares), near(1e-5));
  }

  @Test
  void theBiasIsTimesItsMultiplier() {
    OptionalDouble none = OptionalDouble.empty();
    StartConfig half =
        Records.with(
            StartConfig.recommended(), "values", new ValueStartConfig(0.5, none, none, none, none));
    float[] bias =
        starts(ModelConfig.recommended().with(half)).values().decoder().bias().orElseThrow();
    for (int g = 0; g < GENES; g++) {
      assertThat(softplus(bias[g])).isCloseTo(Math.max(mean(scaled(g, 1)) / 2, 0.01), near(1e-5));
    }
  }

  @Test
  void topnTakesTheTopHundredth() {
    StartConfig topn =
        new StartConfig(
            DecoderBias.TOPN,
            OptionalDouble.empty(),
            false,
            DispersionInit.PRIOR,
            0.9,
            VarianceStartConfig.defaults(),
            EncoderStartConfig.defaults(),
            ValueStartConfig.defaults());
    DataStarts starts = starts(ModelConfig.recommended().with(topn));
    float[] bias = starts.values().decoder().bias().orElseThrow();
    for (int g = 0; g < GENES; g++) {
      double[] sorted = scaled(g, 1);
      Arrays.sort(sorted);
      double top = mean(Arrays.copyOfRange(sorted, CELLS - 7, CELLS));
      assertThat(softplus(bias[g])).isCloseTo(Math.max(top, 0.01), near(1e-5));
    }
    double[] rare = scaled(GENES - 2, 1);
    assertThat(Arrays.stream(rare).filter(v -> v > 0).count()).as("fewer than 7").isEqualTo(3);
    assertThat(starts.values().logBackground()).isEmpty();
  }

  @Test
  void softmaxStartsAtTheSameShares() {
    ModelConfig softmax =
        ModelConfig.recommended()
            .with(
                new GenerativeConfig(
                    Dispersion.GENE_BATCH,
                    LatentDistribution.NORMAL,
                    ScaleActivation.SOFTMAX,
                    true,
                    true,
                    false,
                    DecoderConfig.defaults()));
    float[] bias = starts(softmax).values().decoder().bias().orElseThrow();
    assertThat(Math.exp(bias[5] - bias[9]))
        .isCloseTo(mean(scaled(5, 1)) / mean(scaled(9, 1)), near(1e-4));
  }

  @Test
  void backgroundStartsAtAShareOfTheMeanWithinEachCategory() {
    StartConfig unbounded = Records.with(StartConfig.recommended(), "bgInitBound", false);
    float[] background =
        starts(ModelConfig.recommended().with(unbounded)).values().logBackground().orElseThrow();
    int column = 0;
    for (int key = 0; key < SIZES.length; key++) {
      for (int category = 0; category < SIZES[key]; category++, column++) {
        for (int g = 0; g < GENES; g++) {
          double[] all = scaled(g, 1);
          double sum = 0;
          int cells = 0;
          for (int n = 0; n < CELLS; n++) {
            if (AMBIENT[key][n] == category) {
              sum += all[n];
              cells++;
            }
          }
          assertThat((double) background[g * 5 + column])
              .as("gene %d, key %d, category %d", g, key, category)
              .isCloseTo(Math.log(Math.max(0.15 * sum / cells, 1e-8)), within(1e-5));
        }
      }
    }
  }

  @Test
  void dispersionStartsByTheMethodOfMoments() {
    StartConfig data =
        new StartConfig(
            DecoderBias.NONE,
            OptionalDouble.empty(),
            false,
            DispersionInit.DATA,
            0.7,
            VarianceStartConfig.defaults(),
            EncoderStartConfig.defaults(),
            ValueStartConfig.defaults());
    DataStarts starts = starts(ModelConfig.recommended().with(data));
    float[] logTheta = starts.values().logTheta().orElseThrow();
    double[] totals = totals();
    double c = variance(totals) / Math.pow(mean(totals), 2);
    double inverseRoots = 0;
    for (int g = 0; g < GENES; g++) {
      double[] x = gene(g);
      double m = mean(x);
      double excess = 0.3 * (variance(x) - m - c * m * m) / (1 + c);
      double theta = Math.clamp(m * m / Math.max(excess, 1e-10), 0.01, 20);
      assertThat((double) logTheta[g]).isCloseTo(Math.log(theta), within(1e-5));
      inverseRoots += 1 / Math.sqrt(theta) / GENES;
    }
    assertThat(starts.priors().dispersion().mean()).isCloseTo(inverseRoots, near(1e-9));
    assertThat(starts.values().dispersion().rate()).isCloseTo(1 / inverseRoots, near(1e-9));
    assertThat(starts.priors().dispersion().gamma().beta()).isCloseTo(9 * inverseRoots, near(1e-9));
  }

  @Test
  void burstsStartByTheMethodOfMoments() {
    StartConfig data =
        new StartConfig(
            DecoderBias.MEAN,
            OptionalDouble.empty(),
            false,
            DispersionInit.VARIANCE_BURST_SIZE,
            0.7,
            new VarianceStartConfig(0.02, 15, OptionalDouble.of(0.4), OptionalDouble.of(0.6)),
            EncoderStartConfig.defaults(),
            ValueStartConfig.defaults());
    ModelConfig config =
        ModelConfig.recommended()
            .with(PriorConfig.recommended().withCentering(OptionalDouble.of(0.5)))
            .with(data);
    DataStarts starts =
        starts(
            config.with(
                config
                    .generative()
                    .with(DecoderConfig.defaults().with(DecoderType.BURST_FREQUENCY_SIZE))));
    double[] totals = totals();
    double c = variance(totals) / Math.pow(mean(totals), 2);
    double roots = 0;
    for (int g = 0; g < GENES; g++) {
      double[] x = gene(g);
      double m = mean(x);
      double excess = (variance(x) - m - c * m * m) / (1 + c);
      double f = Math.clamp(m * m / Math.max(0.7 * excess, 1e-10), 0.02, 15);
      double b = Math.clamp(m / (f * 0.5), 0.01, 20);
      double v = Math.max(Math.clamp(0.3 * excess, m * m / 15, m * m / 0.02), 1e-8);
      double biological = Math.clamp(0.7 * excess, m * m / 15, m * m / 0.02);
      assertThat(softplus(starts.values().decoder().bias().orElseThrow()[g]))
          .isCloseTo(f, near(1e-5));
      assertThat(softplus(starts.values().burstSize().bias().orElseThrow()[g]))
          .isCloseTo(Math.max(b - 1, 1e-4), near(1e-4));
      assertThat((double) starts.values().logTheta().orElseThrow()[g])
          .isCloseTo(Math.log(v), within(1e-5));
      assertThat((double) starts.values().decoder().factors().orElseThrow()[g])
          .isCloseTo(Math.sqrt(0.4 * biological * 3), within(1e-5));
      assertThat((double) starts.values().burstSize().factors().orElseThrow()[g])
          .isCloseTo(Math.sqrt(0.6 * biological * 3), within(1e-5));
      roots += Math.sqrt(v) / GENES;
    }
    assertThat(starts.priors().dispersion().mean()).isCloseTo(roots, near(1e-9));
    assertThat(starts.priors().dispersion().gamma().alpha()).isEqualTo(2);
  }

  @Test
  void thePublishedModelTakesNothing() {
    DataStarts starts = starts(ModelConfig.published());
    assertThat(starts.values().decoder().bias()).isEmpty();
    assertThat(starts.values().logBackground()).isEmpty();
    assertThat(starts.values().logTheta()).isEmpty();
    assertThat(starts.priors().dispersion().gamma().beta()).isEqualTo(3);
    assertThat(starts.priors().library().globalLogMean()).isZero();
  }

  private static DataStarts starts(ModelConfig config) {
    return starts(config, new float[0]);
  }

  private static DataStarts starts(ModelConfig config, float[] sizeFactors) {
    float[] logs = new float[sizeFactors.length];
    for (int n = 0; n < logs.length; n++) {
      logs[n] = (float) Math.log(sizeFactors[n]);
    }
    CategoryCounts categories =
        new CategoryCounts(SIZES, new int[0], new int[0], new int[0], new int[0], 1, 3, 0);
    ModalitySpec spec = new ModalitySpec(0, StoredNames.single(), GENES, 10, config, categories);
    Map<Purpose, int[][]> codes = new EnumMap<>(Purpose.class);
    codes.put(Purpose.AMBIENT, AMBIENT);
    codes.put(Purpose.LIBRARY_SIZE, new int[][] {cycle(3)});
    return DataStarts.of(
        spec,
        CountsInMemory.of(sparse()),
        new Covariates(CELLS, codes, new float[0][], logs),
        new CategoryMapping("well", List.of("a", "b", "c")),
        Optional.empty(),
        _ -> {});
  }

  /** x * (mean total / sensitivity) / total of every cell; 0 for a cell without counts. */
  private static double[] scaled(int gene, double sensitivity) {
    double[] totals = totals();
    double target = mean(totals) / sensitivity;
    double[] scaled = new double[CELLS];
    Arrays.setAll(scaled, n -> totals[n] == 0 ? 0 : X[n][gene] * target / totals[n]);
    return scaled;
  }

  private static double[] gene(int gene) {
    return Arrays.stream(X).mapToDouble(row -> row[gene]).toArray();
  }

  private static double[] totals() {
    return Arrays.stream(X).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
  }

  private static double softplus(double a) {
    return Math.log1p(Math.exp(a));
  }

  private static org.assertj.core.data.Percentage near(double relative) {
    return org.assertj.core.data.Percentage.withPercentage(100 * relative);
  }

  private static int[] cycle(int categories) {
    int[] codes = new int[CELLS];
    Arrays.setAll(codes, n -> n % categories);
    return codes;
  }

  /** The last gene has no counts, the last but one in three cells; cell 5 has none at all. */
  private static double[][] counts() {
    SplittableRandom random = new SplittableRandom(4);
    double[][] x = new double[CELLS][GENES];
    for (int n = 0; n < CELLS; n++) {
      for (int g = 0; g < GENES - 2 && n != 5; g++) {
        x[n][g] = random.nextInt(3) == 0 ? random.nextInt(1 + g * (1 + n % 4)) : 0;
      }
      x[n][GENES - 2] = n % 300 == 1 ? 2 : 0;
    }
    return x;
  }

  private static SparseRows sparse() {
    int[] indptr = new int[CELLS + 1];
    int[] indices = new int[CELLS * GENES];
    float[] values = new float[CELLS * GENES];
    int at = 0;
    for (int n = 0; n < CELLS; n++) {
      for (int g = 0; g < GENES; g++) {
        if (X[n][g] > 0) {
          indices[at] = g;
          values[at++] = (float) X[n][g];
        }
      }
      indptr[n + 1] = at;
    }
    return new SparseRows(GENES, indptr, Arrays.copyOf(indices, at), Arrays.copyOf(values, at));
  }
}
