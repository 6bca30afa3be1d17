package org.regularizedvi.cpu.answer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.Parameters;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.InverseDispersion;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Computes what the counts of cells depend on besides rho: background s, scaling y and inverse
 * dispersion theta of some features. Cells of the same categories share them, so each is computed
 * once per group of such cells.
 */
final class FeatureTerms {
  private final ModalitySpec spec;
  private final Parameters parameters;
  private final Covariates covariates;
  private final int[] groupN;

  /** A cell of each group. */
  private final int[] cellD;

  /**
   * Groups cells.
   *
   * @param spec the modality
   * @param parameters of the model
   * @param covariates of the cells
   */
  FeatureTerms(ModalitySpec spec, Parameters parameters, Covariates covariates) {
    this.spec = spec;
    this.parameters = parameters;
    this.covariates = covariates;
    this.groupN = new int[covariates.size()];
    int[] cells = new int[groupN.length];
    int groups = 0;
    for (int n = 0; n < groupN.length; n++) {
      int d = 0;
      while (d < groups && !covariates.sameGroup(cells[d], n)) {
        d++;
      }
      if (d == groups) {
        cells[groups++] = n;
      }
      groupN[n] = d;
    }
    this.cellD = Arrays.copyOf(cells, groups);
  }

  /** {@return the place of a cell's group} */
  int group(int n) {
    return groupN[n];
  }

  /** {@return the number of groups} */
  int groups() {
    return cellD.length;
  }

  /** {@return room for the numbers of a tile of features: groups x features} */
  float[][] room() {
    return new float[cellD.length][FeatureTiles.SIZE];
  }

  /**
   * Computes s, 0 where there is no background.
   *
   * @param places of all features asked for
   * @param first place among them of the tile's first
   * @param count the tile's number of features
   * @param outDT takes groups x features
   */
  void background(int[] places, int first, int count, float[][] outDT) {
    Optional<AdditiveBackground> term = AdditiveBackground.of(spec);
    if (term.isEmpty()) {
      fill(outDT, 0);
      return;
    }
    MemorySegment raw = parameters.memory(term.get().parameter());
    int columns = spec.categories().ambientColumns();
    sum(
        Purpose.AMBIENT,
        spec.categories().ambient(),
        outDT,
        (category, out) -> {
          for (int t = 0; t < count; t++) {
            out[t] = raw.getAtIndex(JAVA_FLOAT, (long) places[first + t] * columns + category);
          }
          exp(out, count);
        });
  }

  /**
   * Computes y, 1 where features are not scaled.
   *
   * @param places of all features asked for
   * @param first place among them of the tile's first
   * @param count the tile's number of features
   * @param outDT takes groups x features
   */
  void scaling(int[] places, int first, int count, float[][] outDT) {
    Optional<FeatureScaling> term = FeatureScaling.of(spec);
    if (term.isEmpty()) {
      fill(outDT, 1);
      return;
    }
    Category factor = scaling(term.get(), places, first, count);
    if (spec.categories().scaling().length == 0) {
      for (float[] out : outDT) {
        factor.compute(0, out);
      }
    } else {
      sum(Purpose.FEATURE_SCALING, spec.categories().scaling(), outDT, factor);
    }
  }

  private Category scaling(FeatureScaling term, int[] places, int first, int count) {
    MemorySegment raw = parameters.memory(term.parameter());
    float divisor = (float) ScalingFactor.DIVISOR;
    return (category, out) -> {
      for (int t = 0; t < count; t++) {
        long row = (long) category * spec.features();
        out[t] = raw.getAtIndex(JAVA_FLOAT, row + places[first + t]);
      }
      MemorySegment memory = MemorySegment.ofArray(out);
      VectorFunctions.softplus(memory, 0, memory, 0, count);
      for (int t = 0; t < count; t++) {
        out[t] /= divisor;
      }
    };
  }

  /**
   * Computes theta at its posterior median.
   *
   * @param places of all features asked for
   * @param first place among them of the tile's first
   * @param count the tile's number of features
   * @param outDT takes groups x features
   */
  void theta(int[] places, int first, int count, float[][] outDT) {
    InverseDispersion term = new InverseDispersion(spec);
    MemorySegment mean = parameters.memory(term.mean());
    int columns = term.groups();
    for (int d = 0; d < cellD.length; d++) {
      int column = term.byGroup() ? covariates.codes(Purpose.DISPERSION)[0][cellD[d]] : 0;
      for (int t = 0; t < count; t++) {
        outDT[d][t] = mean.getAtIndex(JAVA_FLOAT, (long) places[first + t] * columns + column);
      }
      exp(outDT[d], count);
    }
  }

  /** Computes one term of one category: a number per feature of a tile. */
  private interface Category {
    void compute(int category, float[] out);
  }

  /** Sums a term over the keys of a purpose, whose categories lie side by side. */
  private void sum(Purpose purpose, int[] sizes, float[][] outDT, Category term) {
    int[][] codes = covariates.codes(purpose);
    float[] more = new float[FeatureTiles.SIZE];
    for (int d = 0; d < cellD.length; d++) {
      term.compute(codes[0][cellD[d]], outDT[d]);
      int before = sizes[0];
      for (int k = 1; k < sizes.length; k++) {
        term.compute(before + codes[k][cellD[d]], more);
        for (int t = 0; t < more.length; t++) {
          outDT[d][t] += more[t];
        }
        before += sizes[k];
      }
    }
  }

  private static void exp(float[] values, int count) {
    MemorySegment memory = MemorySegment.ofArray(values);
    VectorFunctions.exp(memory, 0, 0, memory, 0, count);
  }

  private static void fill(float[][] outDT, float value) {
    for (float[] out : outDT) {
      Arrays.fill(out, value);
    }
  }
}
