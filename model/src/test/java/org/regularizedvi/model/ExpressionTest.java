package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.core.result.FeatureValues;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;

/** Expression against the decoder worked out in double precision from the stored tensors. */
final class ExpressionTest {
  private static final OptionalDouble LATENT = OptionalDouble.empty();
  private static final OptionalDouble ONE = OptionalDouble.of(1);
  private static final List<String> SOME = List.of("g7", "g1099", "g0");
  private static final int COLUMNS = TestCells.GENES + 1;

  @TempDir static Path dir;
  private static SavedSmallModel small;
  private static TextbookDecoder decoder;
  private static Embedding embedding;

  @BeforeAll
  static void train() {
    small = SavedSmallModel.in(dir);
    decoder = new TextbookDecoder(small.folder(), "");
    embedding = small.embed();
  }

  @AfterAll
  static void close() {
    small.close();
  }

  private static ExpressionPlan plan(
      OptionalDouble library,
      int samples,
      Map<String, List<String>> transform,
      Optional<List<String>> features,
      OptionalDouble cutOff) {
    return new ExpressionPlan(
        library,
        samples,
        new LinkedHashMap<>(transform),
        features,
        cutOff,
        11,
        dir.resolve("out.h5ad"));
  }

  private static Expression express(ExpressionPlan plan) {
    try (AnnDataFile file = AnnDataFile.open(small.cells())) {
      return small
          .model()
          .express(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), plan);
    }
  }

  private static float[] some(OptionalDouble library, int samples, Map<String, List<String>> to) {
    try (Expression found =
        express(plan(library, samples, to, Optional.of(SOME), OptionalDouble.empty()))) {
      var values = (FeatureValues.Some) found.modalities().getFirst().values();
      assertThat(values.features()).isEqualTo(SOME);
      assertThat(values.matrix().rows()).isEqualTo(SavedSmallModel.CELLS);
      return values.matrix().values();
    }
  }

  private static float[] dense() {
    try (Expression found = express(ExpressionPlan.defaults(dir.resolve("out.h5ad")))) {
      var all = (FeatureValues.All) found.modalities().getFirst().values();
      return ((DenseLayer) all.layer()).read(0, SavedSmallModel.CELLS);
    }
  }

  private static double[] rho(int cell, int donor) {
    return decoder.rho(SavedSmallModel.decoderInputs(embedding, cell, donor));
  }

  @Test
  void aLayerOfAllFeaturesWhereTheyStandInTheFile() {
    float[] values = dense();
    for (int n = 0; n < SavedSmallModel.CELLS; n++) {
      double[] rho = rho(n, n % 2);
      assertThat(values[n * COLUMNS]).isNaN();
      for (int g = 0; g < rho.length; g++) {
        double found = values[n * COLUMNS + TestCells.GENES - g];
        assertThat(found).isCloseTo(rho[g], within(1e-4 * rho[g] + 1e-9));
      }
    }
  }

  @Test
  void someFeaturesTimesALibrarySize() {
    float[] number = some(OptionalDouble.of(1000), 0, Map.of());
    float[] latent = some(LATENT, 0, Map.of());
    for (int n = 0; n < SavedSmallModel.CELLS; n++) {
      double[] rho = rho(n, n % 2);
      double library = embedding.modalities().getFirst().librarySize()[n];
      for (int j = 0; j < SOME.size(); j++) {
        double own = rho[Integer.parseInt(SOME.get(j).substring(1))];
        assertThat((double) number[n * 3 + j]).isCloseTo(1000 * own, within(0.1 * own));
        assertThat((double) latent[n * 3 + j])
            .isCloseTo(library * own, within(1e-4 * library * own));
      }
    }
  }

  @Test
  void cellsAsIfOfAnotherCategoryAndTheMeanOverSeveral() {
    float[] first = some(ONE, 0, Map.of("donor", List.of("d0")));
    float[] mean = some(ONE, 0, Map.of("donor", List.of("d0", "d1")));
    for (int n = 0; n < SavedSmallModel.CELLS; n++) {
      for (int j = 0; j < SOME.size(); j++) {
        int g = Integer.parseInt(SOME.get(j).substring(1));
        double as0 = rho(n, 0)[g];
        double as1 = rho(n, 1)[g];
        assertThat((double) first[n * 3 + j]).isCloseTo(as0, within(1e-4 * as0));
        assertThat((double) mean[n * 3 + j]).isCloseTo((as0 + as1) / 2, within(1e-4 * (as0 + as1)));
      }
    }
  }

  @Test
  void aSparseLayerHasWhatIsNotBelowTheCutOff() {
    float[] all = dense();
    float least = 1e-3f;
    try (Expression found =
        express(plan(ONE, 0, Map.of(), Optional.empty(), OptionalDouble.of(least)))) {
      var whole = (FeatureValues.All) found.modalities().getFirst().values();
      SparseRows rows = ((SparseLayer) whole.layer()).read(0, SavedSmallModel.CELLS);
      int at = 0;
      for (int i = 0; i < all.length; i++) {
        if (all[i] >= least) {
          assertThat(rows.indices()[at]).isEqualTo(i % COLUMNS);
          assertThat(rows.values()[at++]).isEqualTo(all[i]);
        }
      }
      assertThat(rows.nonzeros()).isEqualTo(at).isBetween(1, all.length - 1);
    }
  }

  /** The mean over draws tends to what it is the mean of: two halves of many agree. */
  @Test
  void drawsAreAveraged() {
    float[] one = some(ONE, 1, Map.of());
    float[] many = some(ONE, 400, Map.of());
    float[] more = some(ONE, 800, Map.of());
    assertThat(one).isNotEqualTo(some(ONE, 0, Map.of()));
    double oneOff = 0;
    double manyOff = 0;
    for (int i = 0; i < one.length; i++) {
      oneOff += Math.abs(one[i] / more[i] - 1) / one.length;
      manyOff += Math.abs(many[i] / more[i] - 1) / one.length;
    }
    // Independent draws: the error falls with the root of their number.
    assertThat(manyOff).isLessThan(oneOff / 10).isPositive();
  }

  @Test
  void bitsDoNotDependOnThreads() {
    int before = Processor.threads();
    try {
      Processor.setThreads(1);
      float[] one = dense();
      float[] drawn = some(LATENT, 3, Map.of("donor", List.of("d1", "d0")));
      Processor.setThreads(3);
      assertThat(dense()).isEqualTo(one);
      assertThat(some(LATENT, 3, Map.of("donor", List.of("d1", "d0")))).isEqualTo(drawn);
    } finally {
      Processor.setThreads(before);
    }
  }

  @Test
  void whatDoesNotExistIsNamedWithWhatDoes() {
    assertThatThrownBy(() -> some(ONE, 0, Map.of("lane", List.of("x"))))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "transform_batch names the key 'lane', but the decoder is conditioned on donor.");
    assertThatThrownBy(() -> some(ONE, 0, Map.of("donor", List.of("d7"))))
        .isInstanceOf(InputException.class)
        .hasMessage("transform_batch: 'donor' has no category 'd7'; it has d0, d1.");
    assertThatThrownBy(
            () ->
                express(
                    plan(
                        ONE, 0, Map.of(), Optional.of(List.of("g0", "g")), OptionalDouble.empty())))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("The model has no feature 'g'");
    assertThatThrownBy(
            () ->
                express(
                    plan(
                        ONE,
                        0,
                        Map.of(),
                        Optional.of(List.of("g0", "g0")),
                        OptionalDouble.empty())))
        .hasMessage("The feature 'g0' is named twice.");
  }
}
