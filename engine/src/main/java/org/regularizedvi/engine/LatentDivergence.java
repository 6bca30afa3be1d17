package org.regularizedvi.engine;

/**
 * Says how far q(z|x) of some cells diverges from its prior in each latent dimension, those of
 * several encoders one after another.
 *
 * @param sumK sum over the cells of the divergence in each dimension, nats
 * @param largestK largest divergence of a cell in each dimension, nats
 * @param activeDims sum over the cells of the number of dimensions that are active in a cell, as
 *     {@link org.regularizedvi.core.result.LatentUse} counts them
 */
public record LatentDivergence(double[] sumK, double[] largestK, double activeDims) {
  /**
   * Checks that both arrays have an element per dimension.
   *
   * @throws IllegalArgumentException when their lengths differ
   */
  public LatentDivergence {
    if (sumK.length != largestK.length) {
      throw new IllegalArgumentException(
          "Sums of %d dimensions, largest values of %d".formatted(sumK.length, largestK.length));
    }
  }
}
