package org.regularizedvi.cpu.answer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.AdditiveBackground;
import org.regularizedvi.core.term.FeatureScaling;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Holds what the background of each ambient category sums to over the features, each feature scaled
 * as in each scaling category: a cell's expected background follows from these sums of y s.
 *
 * @param spec a modality with a background
 * @param sumsSC scaling categories, or a single row where none scales features, x ambient
 *     categories
 */
record TotalsTable(ModalitySpec spec, FloatMatrix sumsSC) {
  /**
   * {@return the table of a modality at its stored parameters}
   *
   * @param decoder of the modality, which has a background
   */
  static TotalsTable of(DecoderNetwork decoder) {
    ModalitySpec spec = decoder.spec();
    AdditiveBackground term = new AdditiveBackground(spec);
    MemorySegment raw = decoder.parameters().memory(term.parameter());
    int ambient = spec.categories().ambientColumns();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment background = arena.allocate(raw.byteSize());
      VectorFunctions.exp(raw, 0, 0, background, 0, spec.features() * ambient);
      Matrix scalingSG = scaling(arena, decoder);
      Matrix sumsSC = Matrix.in(arena, scalingSG.rows(), ambient);
      decoder
          .products()
          .times(scalingSG, Matrix.over(background, spec.features(), ambient), 0, sumsSC);
      return new TotalsTable(spec, sumsSC.numbers());
    }
  }

  /** {@return y of every scaling category, or a row of ones where features are not scaled} */
  private static Matrix scaling(Arena arena, DecoderNetwork decoder) {
    ModalitySpec spec = decoder.spec();
    Optional<FeatureScaling> term = FeatureScaling.of(spec);
    Matrix scalingSG =
        Matrix.in(arena, term.isEmpty() ? 1 : spec.categories().scalingRows(), spec.features());
    float[] row = new float[spec.features()];
    Arrays.fill(row, 1);
    for (int s = 0; s < scalingSG.rows(); s++) {
      if (term.isPresent()) {
        MemorySegment raw = decoder.parameters().memory(term.get().parameter());
        VectorFunctions.softplus(
            raw, (long) s * row.length, MemorySegment.ofArray(row), 0, row.length);
        for (int g = 0; g < row.length; g++) {
          row[g] /= (float) ScalingFactor.DIVISOR;
        }
      }
      scalingSG.setRow(s, row);
    }
    return scalingSG;
  }

  /**
   * {@return what each ambient category's background would add to a cell's total count: N x C}
   *
   * @param exposureN what expression is multiplied by to give counts
   * @param covariates of the same cells
   */
  FloatMatrix background(float[] exposureN, Covariates covariates) {
    int ambient = sumsSC.columns();
    float[] values = new float[exposureN.length * ambient];
    for (int n = 0; n < exposureN.length; n++) {
      for (int row : rows(covariates, n)) {
        for (int c = 0; c < ambient; c++) {
          values[n * ambient + c] += exposureN[n] * sumsSC.at(row, c);
        }
      }
    }
    return new FloatMatrix(exposureN.length, ambient, values);
  }

  /** {@return the rows that a cell's y is the sum of} */
  private int[] rows(Covariates covariates, int n) {
    int[] sizes = spec.categories().scaling();
    if (sumsSC.rows() == 1) {
      return new int[1];
    }
    int[] rows = new int[sizes.length];
    int before = 0;
    for (int k = 0; k < sizes.length; k++) {
      rows[k] = before + covariates.codes(Purpose.FEATURE_SCALING)[k][n];
      before += sizes[k];
    }
    return rows;
  }
}
