package org.regularizedvi.kernel;

/**
 * Holds what the kernel sums over the genes of a tile. It adds to what the arrays hold at each
 * cell's row, so that calls for all tiles together give the sums over all genes.
 *
 * @param logLikelihood log p(x) of each cell in nats, not scaled
 * @param logLibrary the gradient by l, scaled
 * @param logFactor with bursts the gradient by the log of {@link BurstSizes#factor}, scaled, which
 *     that by l is without; it may be empty otherwise
 * @param rhoGradient in the first pass of softmax the sum of rho dL/drho, scaled; it may be empty
 *     otherwise
 */
public record RowSums(
    double[] logLikelihood, double[] logLibrary, double[] logFactor, double[] rhoGradient) {
  /**
   * {@return sums that begin at 0}
   *
   * @param rows the number of cells
   */
  public static RowSums ofRows(int rows) {
    return new RowSums(new double[rows], new double[rows], new double[rows], new double[rows]);
  }
}
