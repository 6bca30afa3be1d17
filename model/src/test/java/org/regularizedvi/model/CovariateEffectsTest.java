package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.MissingSlices;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.CovariateEffects;
import org.regularizedvi.core.result.CovariateEffects.LibrarySizes;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.store.ModelDirectory;
import org.regularizedvi.core.store.Safetensors;
import org.regularizedvi.core.term.DecoderNorms;
import org.regularizedvi.core.term.DispersionGroups;
import org.regularizedvi.core.term.KeyEffect;
import org.regularizedvi.core.term.LearnedEffects;
import org.regularizedvi.core.term.Moments;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.options.Records;

/** What covariates do, against formulas in double precision over the stored tensors. */
final class CovariateEffectsTest {
  private static final int GENES = TestCells.GENES;

  @TempDir static Path dir;
  private static SavedSmallModel small;
  private static Map<String, Safetensors.Entry> tensors;
  private static CovariateEffects.OfModality found;

  @BeforeAll
  static void train() {
    small = SavedSmallModel.in(dir);
    tensors = ModelDirectory.read(small.folder()).tensors();
    found = ask();
  }

  @AfterAll
  static void close() {
    small.close();
  }

  private static CovariateEffects.OfModality ask() {
    try (AnnDataFile file = AnnDataFile.open(small.cells())) {
      return small
          .model()
          .covariateEffects(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS))
          .modalities()
          .getFirst();
    }
  }

  private static double norm(Safetensors.Entry weight, IntPredicate columns) {
    int all = (int) weight.shape()[1];
    return Math.sqrt(
        IntStream.range(0, weight.values().length)
            .filter(i -> columns.test(i % all))
            .mapToDouble(i -> (double) weight.values()[i] * weight.values()[i])
            .sum());
  }

  private static void near(Moments moments, double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    assertThat(moments.mean()).isCloseTo(mean, within(1e-6 * Math.abs(mean)));
    assertThat(moments.spread()).isCloseTo(Math.sqrt(variance), within(1e-5 * Math.abs(mean)));
  }

  @Test
  void normsOfTheFirstLayer() {
    DecoderNorms norms = found.learned().decoder();
    Safetensors.Entry weight = tensors.get("decoder.px_decoder.fc_layers.Layer 0.0.weight");
    assertThat(weight.shape()).containsExactly(24, 8);
    assertThat(norms.latent()).isCloseTo(norm(weight, k -> k < 6), within(1e-12));
    double donor = norm(weight, k -> k >= 6);
    assertThat(norms.covariates()).containsOnlyKeys("donor");
    assertThat(norms.covariates().get("donor")).isCloseTo(donor, within(1e-12));
    assertThat(norms.allCovariates()).isCloseTo(donor, within(1e-12));
    assertThat(norms.covariateFraction())
        .isCloseTo(donor / (donor + norms.latent()), within(1e-12));
    assertThat(List.of(norms.latentColumns(), norms.covariateColumns())).containsExactly(6, 2);
    assertThat(found.learned().burstSizeDecoder()).isEmpty();
  }

  /** A number has a column, a key of one category none, and a key that is used twice both. */
  @Test
  void everyCovariateHasItsColumns() {
    CovariateKeys keys =
        CovariateKeys.batch("batch")
            .withNnConditioning("one", "donor", "batch")
            .withNnContinuous("number");
    ModelConfig plain = TestCells.smallModel();
    ModelConfig config = plain.with(Records.with(plain.generative(), "useBatchInDecoder", true));
    try (var model = AmbientRegularizedSCVI.setup(TestCells.of(30, keys), config, 3, _ -> {})) {
      var spec = model.fitted().questions().computation().model().spec().modalities().getFirst();
      DecoderNorms norms =
          LearnedEffects.of(spec, model.fitted().parameters(), model.schema()).decoder();
      float[] values =
          model.fitted().parameters().values("decoder.px_decoder.fc_layers.Layer 0.0.weight");
      Safetensors.Entry weight = new Safetensors.Entry(new long[] {24, 15}, values);
      // z, number, batch_key's batch, donor, conditioning's batch
      assertThat(norms.covariates().keySet()).containsExactly("number", "batch", "donor");
      assertThat(norms.latent()).isCloseTo(norm(weight, k -> k < 6), within(1e-12));
      assertThat(norms.covariates().get("number"))
          .isCloseTo(norm(weight, k -> k == 6), within(1e-12));
      assertThat(norms.covariates().get("batch"))
          .isCloseTo(norm(weight, k -> k >= 7 && k < 10 || k >= 12), within(1e-12));
      assertThat(norms.covariates().get("donor"))
          .isCloseTo(norm(weight, k -> k == 10 || k == 11), within(1e-12));
      assertThat(norms.covariateColumns()).isEqualTo(9);
    }
  }

  @Test
  void scalingDeviatesFromOne() {
    KeyEffect donor = found.learned().featureScaling().getFirst();
    float[] raw = tensors.get("feature_scaling").values();
    assertThat(found.learned().featureScaling()).hasSize(1);
    assertThat(donor.key()).isEqualTo("donor");
    double[][] y = new double[2][GENES];
    for (int c = 0; c < 2; c++) {
      for (int g = 0; g < GENES; g++) {
        y[c][g] = Math.log1p(Math.exp(raw[c * GENES + g])) / 0.7;
      }
      KeyEffect.OfCategory category = donor.categories().get(c);
      assertThat(category.name()).isEqualTo("d" + c);
      near(category.values(), y[c]);
      double[] away = Arrays.stream(y[c]).map(v -> v - 1).toArray();
      double most = Arrays.stream(away).map(Math::abs).max().orElseThrow();
      assertThat(Math.abs(category.largestDeviation())).isCloseTo(most, within(1e-6));
      assertThat(category.largestDeviation()).isCloseTo(away[category.at()], within(1e-6));
    }
    for (int g = 0; g < GENES; g++) {
      assertThat(donor.deviationG()[g])
          .isCloseTo((Math.abs(y[0][g] - 1) + Math.abs(y[1][g] - 1)) / 2, within(1e-6));
      assertThat(donor.meanG()[g]).isCloseTo((y[0][g] + y[1][g]) / 2, within(1e-6));
    }
  }

  @Test
  void backgroundDeviatesFromTheMeanOfItsKey() {
    KeyEffect batch = found.learned().background().getFirst();
    float[] raw = tensors.get("additive_background").values();
    assertThat(batch.key()).isEqualTo("batch");
    double[][] s = new double[3][GENES];
    double[] most = new double[3];
    for (int g = 0; g < GENES; g++) {
      double mean = 0;
      for (int c = 0; c < 3; c++) {
        s[c][g] = Math.exp(raw[g * 3 + c]);
        mean += s[c][g] / 3;
      }
      double deviation = 0;
      for (int c = 0; c < 3; c++) {
        most[c] = Math.max(most[c], Math.abs(s[c][g] - mean));
        deviation += Math.abs(s[c][g] - mean) / 3;
      }
      assertThat(batch.meanG()[g]).isCloseTo(mean, within(1e-6 * mean));
      assertThat(batch.deviationG()[g]).isCloseTo(deviation, within(1e-6 * mean));
    }
    for (int c = 0; c < 3; c++) {
      near(batch.categories().get(c).values(), s[c]);
      assertThat(Math.abs(batch.categories().get(c).largestDeviation()))
          .isCloseTo(most[c], within(1e-5 * most[c]));
    }
  }

  @Test
  void dispersionsOfGroupsCorrelate() {
    DispersionGroups dispersion = found.learned().dispersion();
    float[] raw = tensors.get("px_r_mu").values();
    assertThat(dispersion.groups()).containsExactly("b0", "b1", "b2");
    for (int a = 0; a < 3; a++) {
      int group = a;
      double[] own = IntStream.range(0, GENES).mapToDouble(g -> raw[g * 3 + group]).toArray();
      near(dispersion.logs().get(a), own);
      assertThat(dispersion.correlation()[a][a]).isCloseTo(1, within(1e-9));
    }
    // The textbook's formula over raw sums, where the program takes deviations from means.
    double a = 0;
    double b = 0;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int g = 0; g < GENES; g++) {
      double x = raw[g * 3];
      double y = raw[g * 3 + 2];
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }
    double r = (GENES * ab - a * b) / Math.sqrt((GENES * aa - a * a) * (GENES * bb - b * b));
    assertThat(dispersion.correlation()[0][2]).isCloseTo(r, within(1e-8));
    assertThat(dispersion.correlation()[2][0]).isCloseTo(r, within(1e-8));
  }

  @Test
  void librarySizesAndMeanScale() {
    Embedding embedding = small.embed();
    double[] library = embedding.modalities().getFirst().librarySize();
    TextbookDecoder decoder = new TextbookDecoder(small.folder(), "");
    double[] mean = new double[GENES];
    for (int n = 0; n < SavedSmallModel.CELLS; n++) {
      double[] rho = decoder.rho(SavedSmallModel.decoderInputs(embedding, n, n % 2));
      for (int g = 0; g < GENES; g++) {
        mean[g] += rho[g] / SavedSmallModel.CELLS;
      }
    }
    for (int g = 0; g < GENES; g++) {
      assertThat(found.meanScaleG()[g]).isCloseTo(mean[g], within(1e-4 * mean[g] + 1e-9));
    }
    assertThat(found.librarySizes().keySet()).containsExactly("b0", "b1", "b2");
    LibrarySizes first = found.librarySizes().get("b1");
    double[] own =
        IntStream.range(0, library.length)
            .filter(n -> n % 3 == 1)
            .mapToDouble(n -> library[n])
            .toArray();
    assertThat(first.cells()).isEqualTo(own.length);
    near(first.sizes(), own);
    near(first.logs(), Arrays.stream(own).map(Math::log).toArray());
  }

  @Test
  void bitsDoNotDependOnThreads() {
    int before = Processor.threads();
    try {
      Processor.setThreads(1);
      double[] one = ask().meanScaleG();
      Processor.setThreads(3);
      assertThat(ask().meanScaleG()).isEqualTo(one).isEqualTo(found.meanScaleG());
    } finally {
      Processor.setThreads(before);
    }
  }

  /** A cell that lacks a modality counts neither among its library sizes nor in its mean scale. */
  @Test
  void cellsThatLackAModalityDoNotCount(@TempDir Path other) {
    try (SavedSmallMultiome multiome = SavedSmallMultiome.in(other, LatentConfig.defaults())) {
      CovariateEffects effects = multiome.model().covariateEffects(multiome.source());
      assertThat(effects.modalities())
          .extracting(CovariateEffects.OfModality::name)
          .containsExactly("atac", "rna");
      CovariateEffects.OfModality atac = effects.modalities().getFirst();
      int cells = atac.librarySizes().values().stream().mapToInt(LibrarySizes::cells).sum();
      int lacking = SavedSmallMultiome.CELLS / 5;
      assertThat(cells).isEqualTo(SavedSmallMultiome.CELLS - lacking);
      assertThat(atac.learned().background()).isEmpty();
      assertThat(atac.learned().featureScaling().getFirst().categories())
          .extracting(KeyEffect.OfCategory::name)
          .containsExactly("all");
      assertThat(atac.learned().decoder().covariates()).isEmpty();
      assertThat(atac.learned().decoder().latentColumns()).isEqualTo(12);
      TextbookDecoder decoder = new TextbookDecoder(multiome.folder(), "atac");
      var latent = multiome.model().embed(multiome.source(), MissingSlices.ENCODED).latent();
      double mean = 0;
      for (int n = 0; n < SavedSmallMultiome.CELLS; n++) {
        int row = n;
        if (n % 5 != 0) {
          mean +=
              decoder.rho(IntStream.range(0, 12).mapToDouble(k -> latent.at(row, k)).toArray())[9]
                  / cells;
        }
      }
      assertThat(atac.meanScaleG()[9]).isCloseTo(mean, within(1e-4 * mean));
    }
  }
}
