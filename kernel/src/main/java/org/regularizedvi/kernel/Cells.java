package org.regularizedvi.kernel;

/**
 * The numbers that the kernel needs of each cell of a minibatch. Every array has one element per
 * cell; arrays that a plan does not use may be empty.
 *
 * @param logLibrary l, the natural logarithm of each cell's library size
 * @param id each cell's number in the whole data, which keys generated noise
 * @param logSumExp with softmax: the logarithm of each cell's sum of exp(a) over all genes; else
 *     empty
 * @param rhoGradient in the second pass of softmax: each cell's sum of rho dL/drho over all genes;
 *     else empty
 */
public record Cells(float[] logLibrary, long[] id, float[] logSumExp, float[] rhoGradient) {
  private static final float[] NO_FLOATS = {};

  /**
   * Makes the cells of a softplus plan, which needs no sums over genes.
   *
   * @param logLibrary l of each cell
   * @param id each cell's number in the whole data
   * @return the cells, with empty arrays for what softmax needs
   */
  public static Cells softplus(float[] logLibrary, long[] id) {
    return new Cells(logLibrary, id, NO_FLOATS, NO_FLOATS);
  }
}
