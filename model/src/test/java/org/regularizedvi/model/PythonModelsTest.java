package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.Minibatch;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.FeatureValues;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.result.Prediction;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.formats.mudata.MuDataCells;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.reference.net.Modality;
import org.regularizedvi.reference.net.Network;
import org.regularizedvi.reference.objective.Elbo;
import org.regularizedvi.reference.objective.Rates;
import org.regularizedvi.reference.torch.Tensors;
import org.regularizedvi.training.TrainListener;

/** Two models that the Python package saved, against what it computed with them. */
final class PythonModelsTest {
  private static final Path MODELS = Path.of("../core/src/test/resources/python_models");
  private static final Path CELLS = MODELS.resolve("single.h5ad");
  private static final CountSource COUNTS = CountSource.layer("counts");
  private static final double TOLERANCE = 1e-4;

  @TempDir Path dir;

  @Test
  void theModelOfOneModalityComputesTheSame() {
    imported("single", CELLS);
    try (FittedModel model = FittedModel.load(dir.resolve("model"));
        Network network = Network.of(model.questions().computation().model());
        AmbientRegularizedSCVI whole = AmbientRegularizedSCVI.load(dir.resolve("model"));
        AnnDataFile file = AnnDataFile.open(CELLS);
        H5File expected = H5File.open(MODELS.resolve("single_expected.h5"));
        PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      assertThat(model.setup().config().network().dropoutOnInput()).isFalse();
      Embedding embedding = whole.embed(new AnnDataCells(file, COUNTS, CountChecks.INTEGERS));
      requireClose("latent", embedding.latent().values(), floats(expected, "latent"));
      float[] library = logs(embedding.librarySize());
      requireClose("library", library, floats(expected, "library_mean"));

      CellData data =
          CellData.read(new AnnDataCells(file, COUNTS, CountChecks.INTEGERS), whole.schema());
      Minibatch all = data.minibatch(IntStream.range(0, data.size()).toArray());
      Modality modality = network.modalities().getFirst();
      FloatMatrix latent = embedding.latent();
      Tensor zNK = Tensors.of(latent.values(), latent.rows(), latent.columns());
      Rates rates =
          Rates.of(
              modality,
              modality.decoder().hidden(zNK, all.covariates()),
              Tensors.of(library, data.size(), 1),
              all.covariates(),
              Optional.empty());
      requireClose("scale", Tensors.floats(rates.scaleNG()), floats(expected, "scale_at_means"));
      requireClose("rate", Tensors.floats(rates.rateNG()), floats(expected, "rate_at_means"));
      double[] logP = Tensors.doubles(Elbo.logProbability(all.counts().getFirst(), rates));
      float[] logs = new float[logP.length];
      for (int i = 0; i < logs.length; i++) {
        logs[i] = (float) logP[i];
      }
      requireClose("predicted", predictedRates(whole, file), floats(expected, "rate_at_means"));
      requireClose("log p(x)", logs, floats(expected, "log_prob_at_means"));
      assertThat(model.history().of("train_loss"))
          .containsExactly(expected.doubles("/history/train_loss"), Offset.offset(1e-12));
    }
  }

  private float[] predictedRates(AmbientRegularizedSCVI model, AnnDataFile file) {
    PredictionPlan plan =
        new PredictionPlan(
            Set.of(PredictedQuantity.RATE),
            OptionalInt.empty(),
            true,
            Optional.empty(),
            0,
            dir.resolve("out.h5ad"));
    try (Prediction predicted =
        model.predict(new AnnDataCells(file, COUNTS, CountChecks.INTEGERS), plan)) {
      var rate = predicted.modalities().getFirst().rate().orElseThrow();
      DenseLayer layer = (DenseLayer) ((FeatureValues.All) rate).layer();
      return layer.read(0, layer.rows());
    }
  }

  @Test
  void theModelOfTwoModalitiesComputesTheSame() {
    Path cells = MODELS.resolve("multimodal.h5mu");
    imported("multimodal", cells);
    try (RegularizedMultimodalVI model = RegularizedMultimodalVI.load(dir.resolve("model"));
        MuDataFile file = MuDataFile.open(cells);
        H5File expected = H5File.open(MODELS.resolve("multimodal_expected.h5"))) {
      assertThat(model.modalities()).containsExactly("atac", "rna");
      Embedding embedding = model.embed(new MuDataCells(file, Map.of(), CountChecks.INTEGERS));
      requireClose("latent", embedding.latent().values(), floats(expected, "latent"));
      for (Embedding.OfModality own : embedding.modalities()) {
        requireClose(
            own.name(),
            own.latent().orElseThrow().values(),
            floats(expected, "modality_latents/" + own.name()));
      }
    }
  }

  @Test
  void trainingGoesOnWhereItEnded() {
    imported("single", CELLS);
    try (AmbientRegularizedSCVI model = AmbientRegularizedSCVI.load(dir.resolve("model"));
        AnnDataFile file = AnnDataFile.open(CELLS)) {
      double[] before = model.history().of("reconstruction_loss_train");
      CellData data =
          CellData.read(new AnnDataCells(file, COUNTS, CountChecks.INTEGERS), model.schema());
      History after =
          model.train(data, TrainConfig.published().withMaxEpochs(4), TrainListener.silent());
      // A model that had lost its parameters would begin where training in Python began.
      assertThat(after.of("reconstruction_loss_train")[0]).isLessThan(before[4]);
      assertThat(after.last("reconstruction_loss_train"))
          .isLessThan(after.of("reconstruction_loss_train")[0]);
    }
  }

  @Test
  void dataOfAnotherModelAreRefused() {
    assertThatThrownBy(() -> imported("single", Path.of("src/test/resources/kang/kang_test.h5ad")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("features; expected the model's 300");
    assertThatThrownBy(() -> imported("single", MODELS.resolve("multimodal.h5mu")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a model of one modality comes with an .h5ad file");
    assertThat(dir.resolve("model")).doesNotExist();
  }

  private void imported(String name, Path cells) {
    PythonModels.read(
        MODELS.resolve(name),
        cells,
        Selection.all(),
        dir.resolve("model"),
        IfExists.REFUSE,
        warning -> assertThat(List.of()).as(warning).isEmpty());
  }

  private static float[] floats(H5File file, String name) {
    return file.floats("/" + name);
  }

  private static float[] logs(double[] sizes) {
    float[] logs = new float[sizes.length];
    for (int n = 0; n < logs.length; n++) {
      logs[n] = (float) Math.log(sizes[n]);
    }
    return logs;
  }

  private static void requireClose(String what, float[] found, float[] expected) {
    assertThat(found).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      double allowed = TOLERANCE * Math.max(1, Math.abs(expected[i]));
      assertThat((double) found[i])
          .as("%s %d", what, i)
          .isCloseTo(expected[i], Offset.offset(allowed));
    }
  }
}
