package org.regularizedvi.core.term;

/**
 * Computes the divergence of q(z|x) = Normal(mean, variance) from the standard normal, per latent
 * dimension; the term {@link CellTerm#KL_Z} is its sum over dimensions and encoders.
 */
public final class LatentKl {
  /** The nats above which a dimension counts as active in a cell. */
  public static final double ACTIVE_NATS = 0.01;

  private LatentKl() {}

  /**
   * {@return 1/2 (v + m^2 - 1 - log v), in nats}
   *
   * @param mean m
   * @param variance v, above 0
   */
  public static double of(double mean, double variance) {
    return 0.5 * (variance + mean * mean - 1 - Math.log(variance));
  }
}
