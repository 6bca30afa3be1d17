package org.regularizedvi.training;

/**
 * Gives the weight of the latent KL term: it rises by one {@code epochs}-th per epoch, from 0 to 1.
 *
 * @param epochs length of the warm-up; 0 for none
 */
public record KlWarmup(int epochs) {
  /**
   * {@return the weight of an epoch, between 0 and 1}
   *
   * @param epoch counted from 0
   */
  public double weight(int epoch) {
    return epochs == 0 ? 1 : Math.min(1, (double) epoch / epochs);
  }
}
