package org.regularizedvi.core.term;

import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.keys.Covariates;
import org.regularizedvi.cells.keys.Purpose;
import org.regularizedvi.core.shape.ModalitySpec;

/**
 * Holds what the background of each ambient category sums to over the features, each feature scaled
 * as in each scaling category: a cell's expected background follows from these sums of y s.
 *
 * @param spec a modality with a background
 * @param sumsSC scaling categories, or a single row where none scales features, x ambient
 *     categories
 */
public record BackgroundTotals(ModalitySpec spec, FloatMatrix sumsSC) {
  /**
   * {@return what each ambient category's background would add to a cell's total count: N x C}
   *
   * @param exposureN what expression is multiplied by to give counts
   * @param covariates of the same cells
   */
  public FloatMatrix background(float[] exposureN, Covariates covariates) {
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
