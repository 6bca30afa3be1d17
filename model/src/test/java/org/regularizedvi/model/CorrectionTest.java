package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
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
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.keys.CovariateKeys;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.config.DecoderConfig;
import org.regularizedvi.core.config.GenerativeConfig;
import org.regularizedvi.core.config.PredictedQuantity;
import org.regularizedvi.core.data.CellData;
import org.regularizedvi.core.data.TestCells;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.PredictionPlan;
import org.regularizedvi.formats.anndata.AnnDataCells;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;

/** Corrected counts against the same worked out in double precision from the stored tensors. */
final class CorrectionTest {
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

  private static Correction correct(CorrectionMethod method, long seed) {
    return correct(method, AmbientAmount.MODEL, seed);
  }

  private static Correction correct(CorrectionMethod method, AmbientAmount amount, long seed) {
    try (AnnDataFile file = AnnDataFile.open(small.cells())) {
      return small
          .model()
          .correct(
              new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS),
              new CorrectionPlan(method, amount, seed, dir.resolve("out.h5ad")));
    }
  }

  private static SparseRows rows(CorrectionMethod method, long seed) {
    try (Correction correction = correct(method, seed)) {
      return correction.modalities().getFirst().counts().read(0, SavedSmallModel.CELLS);
    }
  }

  /** rho / (rho + s) of a cell's genes. */
  private static double[] shares(TextbookDecoder decoder, Embedding embedding, int cell) {
    double[] shares = decoder.rho(SavedSmallModel.decoderInputs(embedding, cell, cell % 2));
    for (int g = 0; g < shares.length; g++) {
      shares[g] /= shares[g] + decoder.background(g, cell % 3);
    }
    return shares;
  }

  @Test
  void expectedNativeCountsAreThoseOfTheTextbook() {
    TextbookDecoder decoder = new TextbookDecoder(small.folder(), "");
    Embedding embedding = small.embed();
    double[] ambient = new double[TestCells.GENES];
    try (Correction correction = correct(CorrectionMethod.EXPECTED, 0)) {
      Correction.OfModality only = correction.modalities().getFirst();
      SparseRows left = only.counts().read(0, SavedSmallModel.CELLS);
      assertThat(left.columns()).isEqualTo(TestCells.GENES + 1);
      assertThat(left.indptr()).isEqualTo(small.counts().indptr());
      for (int n = 0; n < SavedSmallModel.CELLS; n++) {
        double[] shares = shares(decoder, embedding, n);
        double lost = 0;
        double total = 0;
        int end = small.counts().indptr()[n + 1];
        for (int i = small.counts().indptr()[n]; i < end; i++) {
          int gene = small.counts().indices()[i];
          float x = small.counts().values()[i];
          // Genes stand the other way round in the file.
          int at = small.counts().indptr()[n] + end - 1 - i;
          assertThat(left.indices()[at]).isEqualTo(TestCells.GENES - gene);
          assertThat((double) left.values()[at])
              .isCloseTo(x * shares[gene], within(1e-4 * x))
              .isBetween(0.0, (double) x);
          ambient[gene] += x * (1 - shares[gene]);
          lost += x * (1 - shares[gene]);
          total += x;
        }
        assertThat(only.ambientFraction()[n]).isCloseTo(lost / total, within(1e-4));
      }
      assertThat(only.ambientCounts()[0]).isNaN();
      for (int g = 0; g < ambient.length; g++) {
        assertThat(only.ambientCounts()[TestCells.GENES - g])
            .isCloseTo(ambient[g], within(1e-4 * (1 + ambient[g])));
      }
    }
  }

  /**
   * A cell's number of backgrounds, as the maximum of its posterior by golden section. Counts of a
   * feature are native as far as its rate is more than these backgrounds.
   */
  @Test
  void cellsHaveTheBackgroundThatTheirCountsTell() {
    TextbookDecoder decoder = new TextbookDecoder(small.folder(), "");
    Embedding embedding = small.embed();
    float[][] observed = dense(small.counts());
    try (Correction correction = correct(CorrectionMethod.EXPECTED, AmbientAmount.CELL, 0)) {
      float[][] left =
          dense(correction.modalities().getFirst().counts().read(0, SavedSmallModel.CELLS));
      for (int n = 0; n < SavedSmallModel.CELLS; n++) {
        double[] rho = decoder.rho(SavedSmallModel.decoderInputs(embedding, n, n % 2));
        double[] s = new double[rho.length];
        double[] y = new double[rho.length];
        double[] theta = new double[rho.length];
        for (int g = 0; g < rho.length; g++) {
          s[g] = decoder.background(g, n % 3);
          theta[g] = decoder.dispersion(g, n % 3);
          y[g] = decoder.scaling(g + n % 2 * TestCells.GENES);
        }
        double a =
            TextbookBackground.times(observed[n], rho, s, y, theta, embedding.librarySize()[n]);
        for (int g = 0; g < rho.length; g++) {
          double share = Math.max(0, 1 - a * s[g] / (rho[g] + s[g]));
          assertThat((double) left[n][TestCells.GENES - g])
              .isCloseTo(observed[n][g] * share, within(1e-3 * (1 + observed[n][g])));
        }
      }
    }
  }

  @Test
  void ambientFractionsAloneAreThoseOfTheCorrection() {
    try (AnnDataFile file = AnnDataFile.open(small.cells());
        Correction correction = correct(CorrectionMethod.EXPECTED, AmbientAmount.CELL, 0)) {
      CellSource cells = new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS);
      assertThat(small.model().ambientFractions(cells))
          .containsExactly(Map.entry("", correction.modalities().getFirst().ambientFraction()));
    }
  }

  @Test
  void wholeCountsAreNeverAboveTheObserved() {
    SparseRows expected = rows(CorrectionMethod.EXPECTED, 0);
    double sum = 0;
    for (float value : expected.values()) {
      sum += value;
    }
    for (CorrectionMethod method :
        new CorrectionMethod[] {CorrectionMethod.MODE, CorrectionMethod.BINOMIAL}) {
      float[][] left = dense(rows(method, 3));
      float[][] observed = dense(small.counts());
      double all = 0;
      for (int n = 0; n < left.length; n++) {
        for (int g = 0; g < TestCells.GENES; g++) {
          float value = left[n][TestCells.GENES - g];
          assertThat(value).isEqualTo((float) Math.rint(value)).isBetween(0f, observed[n][g]);
          all += value;
        }
      }
      if (method == CorrectionMethod.BINOMIAL) {
        // The variance of a binomial is at most its mean.
        assertThat(all).isCloseTo(sum, within(5 * Math.sqrt(sum)));
      }
    }
    assertThat(rows(CorrectionMethod.BINOMIAL, 3).values())
        .isNotEqualTo(rows(CorrectionMethod.BINOMIAL, 4).values());
  }

  private static float[][] dense(SparseRows rows) {
    float[][] dense = new float[rows.rows()][rows.columns()];
    for (int n = 0; n < rows.rows(); n++) {
      for (int i = rows.indptr()[n]; i < rows.indptr()[n + 1]; i++) {
        dense[n][rows.indices()[i]] = rows.values()[i];
      }
    }
    return dense;
  }

  @Test
  void bitsDoNotDependOnThreads() {
    int before = Processor.threads();
    try {
      for (CorrectionMethod method : CorrectionMethod.values()) {
        Processor.setThreads(1);
        SparseRows one = rows(method, 5);
        Processor.setThreads(3);
        assertThat(rows(method, 5)).usingRecursiveComparison().isEqualTo(one);
      }
    } finally {
      Processor.setThreads(before);
    }
  }

  @Test
  void aModelWithoutBackgroundSaysSo() {
    CellData data = TestCells.of(30, CovariateKeys.batch("batch"));
    GenerativeConfig with = TestCells.smallModel().generative();
    GenerativeConfig without =
        new GenerativeConfig(
            with.dispersion(),
            with.latentDistribution(),
            with.scaleActivation(),
            false,
            with.useFeatureScaling(),
            with.useBatchInDecoder(),
            DecoderConfig.defaults());
    try (AmbientRegularizedSCVI model =
            AmbientRegularizedSCVI.setup(data, TestCells.smallModel().with(without), 1, _ -> {});
        AnnDataFile file = AnnDataFile.open(small.cells())) {
      CorrectionPlan plan =
          new CorrectionPlan(
              CorrectionMethod.EXPECTED, AmbientAmount.MODEL, 0, dir.resolve("out.h5ad"));
      assertThatThrownBy(
              () ->
                  model
                      .correct(new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), plan)
                      .close())
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no additive background");
      PredictionPlan native_ =
          new PredictionPlan(
              Set.of(PredictedQuantity.COUNTS),
              OptionalInt.empty(),
              false,
              Optional.empty(),
              0,
              dir.resolve("out.h5ad"));
      assertThatThrownBy(
              () ->
                  model
                      .predict(
                          new AnnDataCells(file, CountSource.x(), CountChecks.INTEGERS), native_)
                      .close())
          .isInstanceOf(InputException.class)
          .hasMessage(
              "The model has no additive background (use_additive_background was off in training) that could be left out.");
    }
  }
}
