package org.regularizedvi.kernel;

/**
 * Sums over the tile's genes, added to what the arrays hold at the cell's row.
 *
 * @param logLikelihood log p(x), not scaled
 * @param logLibrary d/dl, scaled
 * @param rhoGradient softmax, first pass only: sum of rho dL/drho, scaled; else may be empty
 */
public record RowSums(double[] logLikelihood, double[] logLibrary, double[] rhoGradient) {
  /** Zeroed sums for a number of rows. */
  public static RowSums ofRows(int rows) {
    return new RowSums(new double[rows], new double[rows], new double[rows]);
  }
}
