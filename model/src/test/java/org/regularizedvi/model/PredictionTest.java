package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.FeatureValues;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;

/** Rates against the decoder worked out in double precision; counts against their own rates. */
final class PredictionTest {
  private static final List<String> SOME = List.of("g7", "g1099", "g0");
  private static final int CELLS = SavedSmallModel.CELLS;
  private static final int GENES = TestCells.GENES;
  private static final int COLUMNS = GENES + 1;

  @TempDir static Path dir;
  private static SavedSmallModel small;

  @BeforeAll
  static void train() {
    small = SavedSmallModel.in(dir);
  }

  @AfterAll
  static void close() {
    small.close();
  }

  /** Everything of some or all features, in the order of the model's. */
  private record Found(List<float[]> counts, float[] rate, float[] theta) {}

  private static Found predict(OptionalInt samples, boolean background, long seed) {
    return predict(samples, background, seed, Optional.empty());
  }

  private static Found predict(
      OptionalInt samples, boolean background, long seed, Optional<List<String>> features) {
    PredictionPlan plan =
        new PredictionPlan(
            EnumSet.allOf(PredictedQuantity.class),
            samples,
            background,
            features,
            seed,
            dir.resolve("out.h5ad"));
    try (AnnDataFile file = AnnDataFile.open(small.cells());
        Prediction all =
            small
                .model()
                .predict(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), plan)) {
      Prediction.OfModality only = all.modalities().getFirst();
      return new Found(
          only.counts().stream().map(PredictionTest::values).toList(),
          values(only.rate().orElseThrow()),
          values(only.dispersion().orElseThrow()));
    }
  }

  /** Cells x features as the model has them; genes stand the other way round in the file. */
  private static float[] values(FeatureValues values) {
    return switch (values) {
      case FeatureValues.Some some -> {
        assertThat(some.features()).isEqualTo(SOME);
        yield some.matrix().values();
      }
      case FeatureValues.All(SparseLayer layer) -> {
        SparseRows rows = layer.read(0, CELLS);
        float[] dense = new float[CELLS * GENES];
        for (int n = 0; n < CELLS; n++) {
          for (int i = rows.indptr()[n]; i < rows.indptr()[n + 1]; i++) {
            dense[n * GENES + GENES - rows.indices()[i]] = rows.values()[i];
          }
        }
        yield dense;
      }
      case FeatureValues.All(DenseLayer layer) -> {
        float[] inFile = layer.read(0, CELLS);
        float[] dense = new float[CELLS * GENES];
        for (int n = 0; n < CELLS; n++) {
          assertThat(inFile[n * COLUMNS]).as("a feature the model does not know").isNaN();
          for (int g = 0; g < GENES; g++) {
            dense[n * GENES + g] = inFile[n * COLUMNS + GENES - g];
          }
        }
        yield dense;
      }
    };
  }

  @Test
  void ratesAndDispersionsAreThoseOfTheTextbook() {
    TextbookDecoder decoder = new TextbookDecoder(small.folder(), "");
    Embedding embedding = small.embed();
    Found with = predict(OptionalInt.empty(), true, 0);
    Found without = predict(OptionalInt.empty(), false, 0);
    for (int n = 0; n < CELLS; n++) {
      double[] rho = decoder.rho(SavedSmallModel.decoderInputs(embedding, n, n % 2));
      double size = embedding.modalities().getFirst().librarySize()[n];
      for (int g = 0; g < GENES; g++) {
        double own = size * rho[g] * scaling(decoder, n, g);
        double soup = size * decoder.background(g, n % 3) * scaling(decoder, n, g);
        double theta = decoder.dispersion(g, n % 3);
        int at = n * GENES + g;
        assertThat((double) with.rate[at]).isCloseTo(own + soup, within(1e-4 * (own + soup)));
        assertThat((double) without.rate[at]).isCloseTo(own, within(1e-4 * own + 1e-9));
        assertThat((double) with.theta[at]).isCloseTo(theta, within(1e-4 * theta));
      }
    }
    assertThat(without.theta).isEqualTo(with.theta);
  }

  /** Keys: the batch of three for s and theta, the donor of two for y. */
  private static double scaling(TextbookDecoder decoder, int cell, int gene) {
    return decoder.scaling(gene + cell % 2 * GENES);
  }

  /**
   * Counts of one draw given the rates of that draw: sums over cells lie about their means as far
   * as they should, and there are as many zeros as there should be.
   */
  @Test
  void countsFollowTheirRates() {
    for (boolean background : new boolean[] {true, false}) {
      Found found = predict(OptionalInt.of(1), background, 3);
      float[] counts = found.counts.getFirst();
      double squares = 0;
      double zeros = 0;
      double varianceOfZeros = 0;
      for (int g = 0; g < GENES; g++) {
        double off = 0;
        double variance = 0;
        for (int i = g; i < counts.length; i += GENES) {
          double mu = found.rate[i];
          double theta = found.theta[i];
          assertThat(counts[i]).isEqualTo((float) Math.rint(counts[i])).isNotNegative();
          off += counts[i] - mu;
          variance += mu + mu * mu / theta;
          double none = Math.pow(theta / (theta + mu), theta);
          zeros += (counts[i] == 0 ? 1 : 0) - none;
          varianceOfZeros += none * (1 - none);
        }
        squares += off * off / variance / GENES;
      }
      assertThat(squares).isCloseTo(1, within(6 * Math.sqrt(2.0 / GENES)));
      assertThat(zeros).isCloseTo(0, within(5 * Math.sqrt(varianceOfZeros)));
    }
  }

  @Test
  void aDrawIsAFunctionOfSeedSampleCellAndFeature() {
    Found one = predict(OptionalInt.of(1), true, 3);
    Found three = predict(OptionalInt.of(3), true, 3);
    assertThat(three.counts).hasSize(3);
    assertThat(three.counts.getFirst()).isEqualTo(one.counts.getFirst());
    assertThat(three.counts.get(1)).isNotEqualTo(one.counts.getFirst());
    assertThat(three.counts.get(2)).isNotEqualTo(three.counts.get(1));
    assertThat(predict(OptionalInt.empty(), true, 3).counts.getFirst())
        .isEqualTo(one.counts.getFirst());
    assertThat(predict(OptionalInt.of(1), true, 4).counts.getFirst())
        .isNotEqualTo(one.counts.getFirst());
    Found some = predict(OptionalInt.of(3), true, 3, Optional.of(SOME));
    for (int n = 0; n < CELLS; n++) {
      for (int j = 0; j < SOME.size(); j++) {
        int at = n * GENES + Integer.parseInt(SOME.get(j).substring(1));
        assertThat(some.counts.get(2)[n * 3 + j]).isEqualTo(three.counts.get(2)[at]);
        assertThat(some.rate[n * 3 + j]).isEqualTo(three.rate[at]);
        assertThat(some.theta[n * 3 + j]).isEqualTo(three.theta[at]);
      }
    }
  }

  /** The same uniform draws no more from a smaller rate. */
  @Test
  void withoutBackgroundNoCountIsLarger() {
    float[] with = predict(OptionalInt.empty(), true, 5).counts.getFirst();
    float[] without = predict(OptionalInt.empty(), false, 5).counts.getFirst();
    int smaller = 0;
    for (int i = 0; i < with.length; i++) {
      assertThat(without[i]).isLessThanOrEqualTo(with[i]);
      smaller += without[i] < with[i] ? 1 : 0;
    }
    assertThat(smaller).isPositive();
  }

  @Test
  void bitsDoNotDependOnThreads() {
    int before = Processor.threads();
    try {
      Processor.setThreads(1);
      Found one = predict(OptionalInt.of(2), true, 7);
      Processor.setThreads(3);
      assertThat(predict(OptionalInt.of(2), true, 7)).usingRecursiveComparison().isEqualTo(one);
    } finally {
      Processor.setThreads(before);
    }
  }

  /** A model that has run away: scaling a thousand million times what it was. */
  @Test
  void ratesThatNoCountCanComeFromAreRefused() {
    try (AmbientRegularizedSCVI broken = AmbientRegularizedSCVI.load(small.folder());
        AnnDataFile file = AnnDataFile.open(small.cells())) {
      MemorySegment scaling = broken.fitted().parameters().memory("feature_scaling");
      for (long i = 0; i < scaling.byteSize() / Float.BYTES; i++) {
        scaling.setAtIndex(ValueLayout.JAVA_FLOAT, i, 1e12f);
      }
      PredictionPlan plan = PredictionPlan.counts(0, dir.resolve("out.h5ad"));
      CellSource source = new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS);
      assertThatThrownBy(() -> broken.predict(source, plan).close())
          .isInstanceOf(InputException.class)
          .hasMessage(
              "The model expects more than 10,000,000 counts of 'g0' in cell 0 (counted from 0), too many to draw; is it a cell of the kind that the model was trained on?");
    }
  }

  @Test
  void mistakesAreOneSentence() {
    assertThatThrownBy(() -> predict(OptionalInt.of(0), true, 0))
        .isInstanceOf(InputException.class)
        .hasMessage("n_samples must be 1 or more, but is 0.");
    assertThatThrownBy(() -> predict(OptionalInt.empty(), true, 0, Optional.of(List.of("g"))))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("The model has no feature 'g'");
    assertThatThrownBy(
            () -> new PredictionPlan(Set.of(), OptionalInt.empty(), true, Optional.empty(), 0, dir))
        .hasMessage("quantity must name at least one of counts, rate, dispersion.");
  }
}
