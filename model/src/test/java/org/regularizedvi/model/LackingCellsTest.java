package org.regularizedvi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.core.config.AmbientAmount;
import org.regularizedvi.core.config.CorrectionMethod;
import org.regularizedvi.core.config.LatentConfig;
import org.regularizedvi.core.config.LatentMode;
import org.regularizedvi.core.config.ModalityWeights;
import org.regularizedvi.core.result.Correction;
import org.regularizedvi.core.result.CorrectionPlan;
import org.regularizedvi.core.result.Embedding;
import org.regularizedvi.core.result.Expression;
import org.regularizedvi.core.result.ExpressionPlan;
import org.regularizedvi.core.result.FeatureValues;

/**
 * Correction and expression of cells of which some lack a modality, in every latent mode, against
 * encoder, combination and decoder worked out in double precision from the stored tensors.
 */
final class LackingCellsTest {
  private static final int CELLS = SavedSmallMultiome.CELLS;

  @TempDir Path dir;

  /** A model of one latent mode with its textbook form. */
  private record Textbook(
      SavedSmallMultiome small, LatentMode mode, List<TextbookEncoder> encoders) {
    static Textbook of(SavedSmallMultiome small, LatentMode mode) {
      List<String> names =
          mode == LatentMode.SINGLE_ENCODER
              ? List.of("joint_encoder")
              : List.of("encoders.atac", "encoders.rna");
      return new Textbook(
          small,
          mode,
          names.stream().map(name -> new TextbookEncoder(small.folder(), name)).toList());
    }

    boolean has(int modality, int cell) {
      return !small.data().modalities().get(modality).counts().isEmpty(cell);
    }

    double[] counts(int modality, int cell) {
      SparseRows row = small.data().modalities().get(modality).counts().gather(new int[] {cell});
      double[] counts = new double[row.columns()];
      for (int i = 0; i < row.nonzeros(); i++) {
        counts[row.indices()[i]] = row.values()[i];
      }
      return counts;
    }

    /** Modalities are atac and rna, in this order. */
    double[] z(int cell) {
      double[] atac = counts(0, cell);
      double[] rna = counts(1, cell);
      if (mode == LatentMode.SINGLE_ENCODER) {
        return encoders.getFirst().mean(sideBySide(atac, rna));
      }
      double[] ofAtac = encoders.getFirst().mean(atac);
      double[] ofRna = encoders.getLast().mean(rna);
      if (mode == LatentMode.CONCATENATION) {
        return sideBySide(ofAtac, ofRna);
      }
      double[] mean = new double[ofRna.length];
      double weight = has(0, cell) && has(1, cell) ? 0.5 : 1;
      for (int k = 0; k < mean.length; k++) {
        mean[k] = (has(0, cell) ? weight * ofAtac[k] : 0) + (has(1, cell) ? weight * ofRna[k] : 0);
      }
      return mean;
    }

    private static double[] sideBySide(double[] first, double[] second) {
      return DoubleStream.concat(DoubleStream.of(first), DoubleStream.of(second)).toArray();
    }
  }

  @ParameterizedTest
  @EnumSource(LatentMode.class)
  void correctionAndExpressionAreThoseOfTheTextbook(LatentMode mode) {
    LatentConfig latent = new LatentConfig(mode, ModalityWeights.EQUAL);
    try (SavedSmallMultiome small = SavedSmallMultiome.in(dir, latent)) {
      requireCorrection(Textbook.of(small, mode));
      requireExpression(Textbook.of(small, mode));
    }
  }

  private void requireCorrection(Textbook textbook) {
    SavedSmallMultiome small = textbook.small();
    CorrectionPlan plan =
        new CorrectionPlan(
            CorrectionMethod.EXPECTED, AmbientAmount.MODEL, 0, dir.resolve("out.h5mu"));
    try (Correction found = small.model().correct(small.source(), plan)) {
      assertThat(found.modalities()).hasSize(1);
      Correction.OfModality rna = found.modalities().getFirst();
      assertThat(rna.name()).isEqualTo("rna");
      SparseRows left = rna.counts().read(0, CELLS);
      TextbookDecoder decoder = new TextbookDecoder(small.folder(), "rna");
      for (int n = 0; n < CELLS; n++) {
        int from = left.indptr()[n];
        int to = left.indptr()[n + 1];
        if (!textbook.has(1, n)) {
          assertThat(to).isEqualTo(from);
          assertThat(rna.ambientFraction()[n]).isNaN();
          continue;
        }
        double[] x = textbook.counts(1, n);
        double[] rho = decoder.rho(textbook.z(n));
        assertThat(to - from).isEqualTo((int) DoubleStream.of(x).filter(c -> c > 0).count());
        double lost = 0;
        for (int i = from; i < to; i++) {
          int g = left.indices()[i];
          double expected = x[g] * rho[g] / (rho[g] + decoder.background(g, n % 3));
          assertThat((double) left.values()[i]).isCloseTo(expected, within(1e-4 * x[g]));
          lost += x[g] - expected;
        }
        assertThat(rna.ambientFraction()[n])
            .isCloseTo(lost / DoubleStream.of(x).sum(), within(1e-4));
      }
    }
  }

  private void requireExpression(Textbook textbook) {
    SavedSmallMultiome small = textbook.small();
    ExpressionPlan one = ExpressionPlan.defaults(dir.resolve("out.h5mu"));
    ExpressionPlan latent =
        new ExpressionPlan(
            OptionalDouble.empty(),
            0,
            one.transform(),
            one.features(),
            one.cutOff(),
            0,
            one.target());
    try (Expression rho = small.model().express(small.source(), one);
        Expression counts = small.model().express(small.source(), latent)) {
      Embedding embedding = small.model().embed(small.source());
      for (int m = 0; m < 2; m++) {
        TextbookDecoder decoder =
            new TextbookDecoder(small.folder(), small.model().modalities().get(m));
        double[] library = embedding.modalities().get(m).librarySize();
        float[] ofOne = values(rho, m);
        float[] ofLatent = values(counts, m);
        int features = ofOne.length / CELLS;
        for (int n = 0; n < CELLS; n++) {
          double[] expected = decoder.rho(textbook.z(n));
          assertThat(expected).hasSize(features);
          for (int g = 0; g < features; g++) {
            double found = ofOne[n * features + g];
            if (textbook.has(m, n)) {
              assertThat(found).isCloseTo(expected[g], within(1e-4 * expected[g] + 1e-9));
              assertThat((double) ofLatent[n * features + g])
                  .isCloseTo(library[n] * found, within(1e-5 * library[n] * found));
            } else {
              assertThat(found).isNaN();
              assertThat(ofLatent[n * features + g]).isNaN();
            }
          }
        }
      }
    }
  }

  private static float[] values(Expression expression, int modality) {
    var all = (FeatureValues.All) expression.modalities().get(modality).values();
    return ((DenseLayer) all.layer()).read(0, CELLS);
  }
}
