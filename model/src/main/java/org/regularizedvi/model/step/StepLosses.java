package org.regularizedvi.model.step;

/**
 * What a minibatch's loss was made of, means over its cells in nats.
 *
 * @param loss what was minimised, global terms included
 */
public record StepLosses(double loss, double reconstruction, double klZ, double klL) {
  /** The negative evidence lower bound, KL terms at full weight. */
  public double elbo() {
    return reconstruction + klZ + klL;
  }

  public boolean finite() {
    return Double.isFinite(loss);
  }
}
