package org.regularizedvi.engine;

import org.regularizedvi.cells.FloatMatrix;

/**
 * Sums the expected counts of cells over the features of a modality, their own apart from the
 * additive background.
 *
 * @param nativeN sum over the features of exp(l) rho y, one per cell
 * @param backgroundNC sum over the features of exp(l) s y if the cell were of each ambient category
 *     alone: cells x categories, those of several keys side by side
 */
public record ExpectedTotals(float[] nativeN, FloatMatrix backgroundNC) {
  /**
   * Checks that both are of the same cells.
   *
   * @throws IllegalArgumentException when they are of different numbers of cells
   */
  public ExpectedTotals {
    if (nativeN.length != backgroundNC.rows()) {
      throw new IllegalArgumentException(
          "Totals of %d cells with background of %d"
              .formatted(nativeN.length, backgroundNC.rows()));
    }
  }
}
