package org.regularizedvi.kernel;

/**
 * One number a cell of the minibatch; arrays that a plan does not use may be empty.
 *
 * @param logLibrary l, the logarithm of the library size
 * @param id the cell's number in the whole data, which keys generated noise
 * @param logSumExp softmax only: the logarithm of the sum of exp(a) over all genes
 * @param rhoGradient softmax, second pass only: the sum of rho dL/drho over all genes
 */
public record Cells(float[] logLibrary, long[] id, float[] logSumExp, float[] rhoGradient) {
  private static final float[] NO_FLOATS = {};

  /** Cells of a softplus plan. */
  public static Cells softplus(float[] logLibrary, long[] id) {
    return new Cells(logLibrary, id, NO_FLOATS, NO_FLOATS);
  }
}
