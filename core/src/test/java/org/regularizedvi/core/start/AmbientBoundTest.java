package org.regularizedvi.core.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.StartConfig;
import org.regularizedvi.core.counts.CountSummary;
import org.regularizedvi.core.shape.CategoryCounts;
import org.regularizedvi.core.shape.NetworkSpec;
import org.regularizedvi.options.Records;

/** Invented cells of ten types, each with markers of its own, in two samples. */
final class AmbientBoundTest {
  private static final int CELLS = 1600;
  private static final int TYPES = 10;
  private static final int MARKERS = 3; // of each type
  private static final int GENES = 60; // of which the rest are for all types
  private static final double MOLECULES = 1000;

  @Test
  void boundsEachSampleByItsOwnFraction() {
    double[] bounds = bounds(0.05, 0.3, CELLS / 2);
    assertThat(bounds[0]).isCloseTo(0.05, within(0.015));
    assertThat(bounds[1]).isCloseTo(0.3, within(0.03));
  }

  @Test
  void aSampleOfFewCellsHasTheBoundOfAll() {
    double[] bounds = bounds(0.1, 0.1, 50);
    assertThat(bounds[0]).isEqualTo(bounds(0.1, 0.1, 40)[0]).isCloseTo(0.1, within(0.02));
  }

  @Test
  void theBackgroundStartsNoHigher() {
    Sample sample = sample(0.05, 0.3, CELLS / 2);
    float[] bounded = background(sample, true);
    float[] unbounded = background(sample, false);
    double bound = AmbientBound.of(sample.counts, sample.summary, sample.ambient)[0];
    for (int g = 0; g < GENES; g++) {
      assertThat(bounded[2 * g] - unbounded[2 * g])
          .isCloseTo((float) Math.log(bound / 0.15), within(1e-5f));
      assertThat(bounded[2 * g + 1]).isEqualTo(unbounded[2 * g + 1]);
    }
  }

  private static float[] background(Sample sample, boolean bound) {
    StartConfig start = Records.with(StartConfig.recommended(), "bgInitBound", bound);
    SequencedMap<String, Integer> features = new LinkedHashMap<>(Map.of("rna", GENES));
    int[] one = {1};
    NetworkSpec spec =
        NetworkSpec.of(
            new MultimodalConfig(
                ModelConfig.recommended().with(start), MultimodalOptions.defaults()),
            features,
            new CategoryCounts(new int[] {2}, one, one, new int[0], one, 1, 1, 0));
    return DataStarts.background(
            spec.modalities().getFirst(), sample.counts, sample.summary, sample.ambient, 1)
        .orElseThrow();
  }

  @Test
  void cellsThatAreAllAlikeBoundNothing() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] x = new double[CELLS][GENES];
    for (double[] row : x) {
      Arrays.setAll(row, _ -> poisson(random, MOLECULES / GENES));
    }
    Sample sample = sample(x, 0);
    assertThat(AmbientBound.of(sample.counts, sample.summary, sample.ambient))
        .containsExactly(1, 1);
  }

  @Test
  void levelsOfAMixtureAreFound() {
    SplittableRandom random = new SplittableRandom(7);
    double[] totals = new double[4000];
    double[] counts = new double[totals.length];
    double[] levels = {0.0004, 0.01, 0.05};
    for (int n = 0; n < totals.length; n++) {
      totals[n] = 500 + random.nextInt(2000);
      counts[n] = poisson(random, totals[n] * levels[n % 4 == 0 ? 2 : n % 4 == 1 ? 1 : 0]);
    }
    CountLevels found = CountLevels.fit(counts, totals);
    for (int k = 0; k < levels.length; k++) {
      assertThat(found.levels()[k] / levels[k]).isCloseTo(1, within(0.05));
    }
    assertThat(found.weights()).containsExactly(new double[] {0.5, 0.25, 0.25}, within(0.02));
    assertThat(found.lowest()).isEqualTo(found.levels()[0], within(1e-12));
    assertThat(found.highest()).isEqualTo(found.levels()[2], within(1e-12));
  }

  /** The cells before {@code first} are the first sample. */
  private static double[] bounds(double inFirst, double inSecond, int first) {
    Sample sample = sample(inFirst, inSecond, first);
    return AmbientBound.of(sample.counts, sample.summary, sample.ambient);
  }

  private record Sample(Counts counts, CountSummary summary, CountSummary.Ambient ambient) {}

  private static Sample sample(double inFirst, double inSecond, int first) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] x = new double[CELLS][GENES];
    for (int n = 0; n < CELLS; n++) {
      double fraction = n < first ? inFirst : inSecond;
      double total = MOLECULES * (0.5 + random.nextDouble());
      for (int g = 0; g < GENES; g++) {
        int ofType = g / MARKERS;
        double mean = 1.0 / GENES;
        double own = ofType < TYPES ? (ofType == n % TYPES ? TYPES * mean : 0) : mean;
        x[n][g] = poisson(random, total * ((1 - fraction) * own + fraction * mean));
      }
    }
    return sample(x, first);
  }

  private static Sample sample(double[][] x, int first) {
    int[] codes = new int[CELLS];
    Arrays.setAll(codes, n -> n < first ? 0 : 1);
    CountSummary.Ambient ambient = new CountSummary.Ambient(new int[][] {codes}, new int[] {2});
    Counts counts = CountsInMemory.of(GENES, List.of(rows(x, 0, 900), rows(x, 900, CELLS)));
    return new Sample(counts, CountSummary.of(counts, new double[0], ambient, false), ambient);
  }

  private static SparseRows rows(double[][] x, int from, int to) {
    int[] starts = new int[to - from + 1];
    int[] columns = new int[(to - from) * GENES];
    float[] values = new float[columns.length];
    int stored = 0;
    for (int n = from; n < to; n++) {
      for (int g = 0; g < GENES; g++) {
        if (x[n][g] > 0) {
          columns[stored] = g;
          values[stored++] = (float) x[n][g];
        }
      }
      starts[n - from + 1] = stored;
    }
    return new SparseRows(
        GENES, starts, Arrays.copyOf(columns, stored), Arrays.copyOf(values, stored));
  }

  /** By multiplying uniform numbers; means are below 200. */
  private static int poisson(SplittableRandom random, double mean) {
    double limit = Math.exp(-mean);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }
}
