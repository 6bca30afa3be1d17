package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountKeeper;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.core.result.FeatureValues;
import org.regularizedvi.core.result.ModalityAttribution;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/**
 * What a model answers about cells without their counts is to the bit what it says of the cells.
 */
final class MinifiedCellsTest {
  @TempDir Path dir;

  /** Everything that can be asked, as numbers. */
  private List<float[]> answers(RegularizedModel model, CellSource cells) {
    List<float[]> all = new ArrayList<>();
    Embedding embedding = model.embed(cells);
    all.add(embedding.latent().values());
    for (Embedding.OfModality own : embedding.modalities()) {
      all.add(floats(own.librarySize()));
    }
    try (Expression expression = model.express(cells, ExpressionPlan.defaults(dir.resolve("a")))) {
      expression.modalities().forEach(own -> all.add(values(own.values(), cells)));
    }
    PredictionPlan plan =
        new PredictionPlan(
            Set.of(PredictedQuantity.COUNTS, PredictedQuantity.RATE),
            OptionalInt.of(2),
            true,
            Optional.empty(),
            9,
            dir.resolve("b"));
    try (Prediction prediction = model.predict(cells, plan)) {
      for (Prediction.OfModality own : prediction.modalities()) {
        own.counts().forEach(draw -> all.add(values(draw, cells)));
        all.add(values(own.rate().orElseThrow(), cells));
      }
    }
    for (ModalityAttribution own : model.attribute(cells).modalities()) {
      all.add(own.meanAbsoluteJacobian().values());
    }
    model.covariateEffects(cells).modalities().forEach(own -> all.add(floats(own.meanScaleG())));
    return all;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static float[] values(FeatureValues values, CellSource cells) {
    int rows = cells.cells().nObs();
    return switch (((FeatureValues.All) values).layer()) {
      case DenseLayer dense -> dense.read(0, rows);
      case SparseLayer sparse -> sparse.read(0, rows).values();
    };
  }

  private void same(RegularizedModel model, CellSource source, Path out) {
    model.minify(source, out, IfExists.REFUSE);
    List<float[]> expected = answers(model, source);
    try (CellSource minified = Formats.open(out)) {
      List<float[]> found = answers(model, minified);
      assertThat(found).hasSameSizeAs(expected);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i)).as("answer %d", i).isEqualTo(expected.get(i));
      }
      for (String name : minified.modalities()) {
        assertThat(minified.features(name).varNames()).isEqualTo(source.features(name).varNames());
      }
      assertThat(minified.cells().obs("batch")).isNotNull();
      for (String name : minified.modalities()) {
        try (CountReader reader = minified.countReader(name)) {
          assertThat(reader.next(10).orElseThrow().nonzeros()).isZero();
        }
      }
    }
  }

  @Test
  void ofOneModality() throws Exception {
    try (SavedSmallModel small = SavedSmallModel.in(dir);
        CellSource source = Formats.open(small.cells())) {
      Path out = dir.resolve("minified.h5ad");
      same(small.model(), source, out);
      assertThatThrownBy(() -> small.model().minify(source, out, IfExists.REFUSE))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("minified.h5ad");
      try (CellSource minified = Formats.open(out)) {
        refused(() -> small.model().evaluate(minified, 1));
        refused(() -> small.model().diagnose(minified, 1, true));
        refused(() -> small.model().marginalLogLikelihood(minified, 2, 1));
        refused(() -> small.model().ambientFractions(minified));
        refused(
            () ->
                small
                    .model()
                    .correct(
                        minified,
                        new CorrectionPlan(
                            CorrectionMethod.EXPECTED, AmbientAmount.MODEL, 1, dir.resolve("c"))));
        refused(() -> small.model().read(minified, CountKeeper.inMemory()));
        refused(() -> small.model().minify(minified, dir.resolve("d.h5ad"), IfExists.REFUSE));
      }
    }
  }

  private static void refused(ThrowingCallable question) {
    assertThatThrownBy(question)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no counts, but what a model made of them");
  }

  @Test
  void anotherModelIsRefused() throws Exception {
    Path first = Files.createDirectories(dir.resolve("first"));
    Path out = dir.resolve("minified.h5ad");
    try (SavedSmallModel small = SavedSmallModel.in(first);
        CellSource source = Formats.open(small.cells())) {
      small.model().minify(source, out, IfExists.REFUSE);
      try (RegularizedModel same = RegularizedModel.load(small.folder());
          CellSource minified = Formats.open(out)) {
        FloatMatrix latent = same.embed(minified).latent();
        assertThat(latent.values()).isEqualTo(small.model().embed(source).latent().values());
        CellData cells =
            TestCells.of(
                SavedSmallModel.CELLS, CovariateKeys.batch("batch").withNnConditioning("donor"));
        try (RegularizedModel other =
            AmbientRegularizedSCVI.setup(cells, TestCells.smallModel(), 8, _ -> {})) {
          assertThatThrownBy(() -> other.embed(minified))
              .isInstanceOf(InputException.class)
              .hasMessageContaining("another model made of them");
        }
      }
    }
  }

  @Test
  void ofSeveralModalitiesThatCellsLack() {
    ofSeveral(LatentConfig.defaults(), model -> {});
  }

  @Test
  void ofWeightedMeans() {
    ofSeveral(new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.CELL), model -> {});
  }

  @Test
  void ofOneEncoder() {
    ofSeveral(
        new LatentConfig(LatentMode.SINGLE_ENCODER, ModalityWeights.EQUAL),
        model -> assertThat(model.sideBySide()).isFalse());
  }

  private void ofSeveral(LatentConfig latent, Consumer<RegularizedModel> more) {
    try (SavedSmallMultiome multiome = SavedSmallMultiome.in(dir, latent)) {
      same(multiome.model(), multiome.source(), dir.resolve("minified.h5mu"));
      assertThatThrownBy(
              () ->
                  multiome
                      .model()
                      .minify(multiome.source(), dir.resolve("minified.h5ad"), IfExists.REFUSE))
          .isInstanceOf(InputException.class);
      more.accept(multiome.model());
    }
  }
}
