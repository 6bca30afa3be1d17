package org.regularizedvi.training;

/**
 * The weight of the latent KL term: rises by one {@code epochs}-th an epoch, from 0 to 1.
 *
 * @param epochs length of the warm-up; 0 for none
 */
public record KlWarmup(int epochs) {
  public double weight(int epoch) {
    return epochs == 0 ? 1 : Math.min(1, (double) epoch / epochs);
  }
}
