package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityTerms;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.config.MultimodalConfig;
import org.regularizedvi.core.config.MultimodalOptions;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.ModalityCounts;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.History;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.mudata.MuDataCells;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.training.TrainListener;

/** A model of two modalities from its file to its folder and back. */
final class MultimodalModelTest {
  private static final int CELLS = 90;
  private static final CovariateKeys KEYS = CovariateKeys.batch("batch");
  private static final TrainConfig TRAINING =
      TrainConfig.recommended().withMaxEpochs(2).withBatchSize(32).withComputePearson(true);

  @TempDir Path dir;
  private Path input;

  /** The modalities stand in the file in another order than in the model. */
  @BeforeEach
  void write() {
    input = dir.resolve("cells.h5mu");
    SavedSmallMultiome.write(TestCells.ofTwo(CELLS, KEYS), input);
  }

  private static MultimodalConfig config(LatentConfig latent) {
    return new MultimodalConfig(
        TestCells.smallModel(),
        MultimodalOptions.defaults()
            .with(latent)
            .with(new ModalityTerms(Optional.empty(), Optional.empty(), true, 5)));
  }

  private static MultimodalConfig sideBySide() {
    MultimodalConfig config = config(LatentConfig.defaults());
    return config.with(config.options().withNLatent(Map.of("atac", 4)));
  }

  private static CellData read(MuDataFile file) {
    return CellData.read(new MuDataCells(file, Map.of(), CountChecks.INTEGERS), KEYS);
  }

  private static Embedding embed(RegularizedMultimodalVI model, MuDataFile file) {
    return model.embed(new MuDataCells(file, Map.of(), CountChecks.INTEGERS));
  }

  @Test
  void loadsWhatItSavedAndEmbedsTheSame() {
    Path saved = dir.resolve("model");
    try (MuDataFile file = MuDataFile.open(input)) {
      CellData data = read(file);
      try (RegularizedMultimodalVI model =
          RegularizedMultimodalVI.setup(data, sideBySide(), 7, _ -> {})) {
        model.train(data, TRAINING, TrainListener.silent());
        model.save(saved, IfExists.REFUSE);
        try (RegularizedMultimodalVI loaded = RegularizedMultimodalVI.load(saved)) {
          assertThat(loaded.config()).isEqualTo(model.config());
          assertThat(loaded.modalities()).containsExactly("atac", "rna");
          assertThat(loaded.features("rna")).isEqualTo(model.features("rna"));
          assertThat(loaded.trainConfig()).contains(TRAINING);
          assertThat(embed(loaded, file).latent().values())
              .isEqualTo(embed(model, file).latent().values());
          assertThat(
                  loaded.evaluate(new MuDataCells(file, Map.of(), CountChecks.INTEGERS), 1).elbo())
              .isEqualTo(
                  model.evaluate(new MuDataCells(file, Map.of(), CountChecks.INTEGERS), 1).elbo());
          assertThat(loaded.learnedTerms("rna").background()).isPresent();
          assertThat(loaded.learnedTerms("rna").featureScaling()).isEmpty();
          assertThat(loaded.learnedTerms("atac").background()).isEmpty();
          assertThat(loaded.learnedTerms("atac").featureScaling()).isPresent();
          assertThat(loaded.learnedTerms("atac").modalityScale().orElseThrow())
              .isBetween(0.9, 1.1)
              .isNotEqualTo(1);
        }
      }
    }
    assertThat(ModelDirectory.multimodal(saved)).isTrue();
    assertThatThrownBy(() -> AmbientRegularizedSCVI.load(saved))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds a RegularizedMultimodalVI");
  }

  @Test
  void aSingleModelIsNotOneOfSeveralModalities() {
    Path saved = dir.resolve("single");
    try (AmbientRegularizedSCVI model =
        AmbientRegularizedSCVI.setup(
            TestCells.of(CELLS, KEYS), TestCells.smallModel(), 0, _ -> {})) {
      model.save(saved, IfExists.REFUSE);
    }
    assertThat(ModelDirectory.multimodal(saved)).isFalse();
    assertThatThrownBy(() -> RegularizedMultimodalVI.load(saved))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds an AmbientRegularizedSCVI");
  }

  /** What belongs to no modality in particular follows from the parts. */
  @Test
  void partsAndWholeAgree() {
    for (LatentMode mode : LatentMode.values()) {
      boolean mean = mode == LatentMode.WEIGHTED_MEAN;
      LatentConfig latent =
          new LatentConfig(mode, mean ? ModalityWeights.CELL : ModalityWeights.EQUAL);
      MultimodalConfig config = mean ? config(latent) : sideBySide();
      config = config.with(config.options().with(latent));
      try (MuDataFile file = MuDataFile.open(input);
          RegularizedMultimodalVI model =
              RegularizedMultimodalVI.setup(read(file), config, 7, _ -> {})) {
        Embedding embedding = embed(model, file);
        assertThat(embedding.latent().columns()).isEqualTo(mean ? 6 : 10);
        Embedding.OfModality atac = embedding.modalities().getFirst();
        Embedding.OfModality rna = embedding.modalities().getLast();
        assertThat(atac.name()).isEqualTo("atac");
        for (int n = 0; n < CELLS; n++) {
          boolean lacksAtac = n % 5 == 0;
          boolean lacksRna = n % 7 == 0 && n % 5 != 0;
          assertThat(Double.isNaN(atac.librarySize()[n])).isEqualTo(lacksAtac);
          assertThat(Double.isNaN(rna.librarySize()[n])).isEqualTo(lacksRna);
          if (mode == LatentMode.SINGLE_ENCODER) {
            assertThat(rna.latent()).isEmpty();
            continue;
          }
          FloatMatrix ofAtac = atac.latent().orElseThrow();
          FloatMatrix ofRna = rna.latent().orElseThrow();
          assertThat(Float.isNaN(ofAtac.at(n, 0))).isEqualTo(lacksAtac);
          if (mode == LatentMode.CONCATENATION && !lacksRna) {
            assertThat(embedding.latent().at(n, 4)).isEqualTo(ofRna.at(n, 0));
          }
          if (mean) {
            double w = rna.weight().orElseThrow()[n];
            assertThat(w + atac.weight().orElseThrow()[n]).isCloseTo(1, within(1e-6));
            assertThat(w).isBetween(lacksAtac ? 1 : 0.0, lacksRna ? 0 : 1.0);
            double mixed =
                lacksAtac
                    ? ofRna.at(n, 2)
                    : lacksRna ? ofAtac.at(n, 2) : w * ofRna.at(n, 2) + (1 - w) * ofAtac.at(n, 2);
            assertThat((double) embedding.latent().at(n, 2)).isCloseTo(mixed, within(1e-5));
          }
        }
      }
    }
  }

  @Test
  void historyHasWhatEachModalityAdds() {
    try (MuDataFile file = MuDataFile.open(input)) {
      CellData data = read(file);
      try (RegularizedMultimodalVI model =
          RegularizedMultimodalVI.setup(data, sideBySide(), 7, _ -> {})) {
        History history = model.train(data, TRAINING, TrainListener.silent());
        for (String cells : List.of("train", "validation")) {
          double sum =
              history.last("recon_loss_rna_" + cells) + history.last("recon_loss_atac_" + cells);
          assertThat(sum).isCloseTo(history.last("reconstruction_loss_" + cells), within(1e-6));
          assertThat(history.last("pearson_per_cell_atac_" + cells)).isBetween(-1.0, 1.0);
        }
        assertThat(history.metrics()).contains("library_obs_w_rna", "library_obs_w_atac");
      }
    }
  }

  /**
   * Cells that lack a modality say nothing of its library size or of where its parameters start.
   */
  @Test
  void startsFromTheCellsThatHaveAModality() {
    List<String> warnings = new ArrayList<>();
    Path whole = dir.resolve("whole");
    Path part = dir.resolve("part");
    try (MuDataFile file = MuDataFile.open(input)) {
      save(read(file), whole, warnings);
      CellData data = read(file);
      ModalityCounts atac = data.modalities().getFirst();
      int[] having = IntStream.range(0, CELLS).filter(n -> n % 5 != 0).toArray();
      CellData only =
          new CellData(
              "atac",
              List.of(new ModalityCounts("atac", atac.counts().inOrder(having), atac.features())),
              data.schema(),
              data.covariates().gather(having),
              data.choices());
      save(only, part, new ArrayList<>());
    }
    assertThat(warnings)
        .anySatisfy(w -> assertThat(w).contains("18 of 90", "modality 'atac'"))
        .anySatisfy(w -> assertThat(w).contains("10 of 90", "modality 'rna'"));
    assertThat(
            ModelDirectory.read(whole).setup().modalities().getFirst().priors().library().logVars())
        .isEqualTo(
            ModelDirectory.read(part).setup().modalities().getFirst().priors().library().logVars());
    String bias = "decoders.atac.px_scale_decoder.0.bias";
    assertThat(ModelDirectory.read(whole).tensors().get(bias).values())
        .isEqualTo(ModelDirectory.read(part).tensors().get(bias).values());
  }

  private static void save(CellData data, Path folder, List<String> warnings) {
    try (RegularizedMultimodalVI model =
        RegularizedMultimodalVI.setup(data, sideBySide(), 7, warnings::add)) {
      model.save(folder, IfExists.REFUSE);
    }
  }

  /** A list of one is the same model under other names: the same losses, bit by bit. */
  @Test
  void oneModalityIsTheSingleModel() {
    CellData single = TestCells.of(CELLS, KEYS);
    CellData named =
        new CellData(
            "cells",
            List.of(new ModalityCounts("rna", single.counts(), single.features())),
            single.schema(),
            single.covariates(),
            single.choices());
    MultimodalConfig config =
        new MultimodalConfig(
            TestCells.smallModel(),
            MultimodalOptions.defaults()
                .with(new ModalityTerms(Optional.empty(), Optional.of(List.of("rna")), false, 5)));
    try (AmbientRegularizedSCVI one =
            AmbientRegularizedSCVI.setup(single, TestCells.smallModel(), 3, _ -> {});
        RegularizedMultimodalVI list = RegularizedMultimodalVI.setup(named, config, 3, _ -> {})) {
      History expected = one.train(single, TRAINING, TrainListener.silent());
      History found = list.train(named, TRAINING, TrainListener.silent());
      for (String metric : List.of("loss_train", "elbo_train", "elbo_validation")) {
        assertThat(found.of(metric)).as(metric).isEqualTo(expected.of(metric));
      }
    }
  }

  @Test
  void fileWithCellsOfAllModalitiesOnly() {
    try (MuDataFile file = MuDataFile.open(input, List.of("rna", "atac"), CellJoin.INTERSECTION)) {
      assertThat(read(file).modalities())
          .extracting(ModalityCounts::name)
          .containsExactly("atac", "rna");
    }
  }

  @Test
  void refusesOptionsThatDoNotFitTheModalities() {
    try (MuDataFile file = MuDataFile.open(input)) {
      CellData data = read(file);
      LatentConfig mean = new LatentConfig(LatentMode.WEIGHTED_MEAN, ModalityWeights.EQUAL);
      MultimodalConfig unequal = sideBySide().with(sideBySide().options().with(mean));
      assertThatThrownBy(() -> RegularizedMultimodalVI.setup(data, unequal, 0, _ -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("n_latent")
          .hasMessageContaining("4 for atac, 6 for rna");
      MultimodalConfig unknown =
          sideBySide().with(sideBySide().options().withNLatent(Map.of("adt", 4)));
      assertThatThrownBy(() -> RegularizedMultimodalVI.setup(data, unknown, 0, _ -> {}))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("n_latent names the modality 'adt'")
          .hasMessageContaining("atac, rna");
    }
  }
}
