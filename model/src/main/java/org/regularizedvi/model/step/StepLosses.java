package org.regularizedvi.model.step;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.model.objective.Elbo;

/**
 * What a minibatch's loss was made of, means over its cells in nats.
 *
 * @param loss what was minimised, global terms included
 * @param activeDims latent dimensions that say something of a cell, mean over cells
 */
public record StepLosses(
    double loss, double reconstruction, double klZ, double klL, double activeDims) {
  public static StepLosses of(Tensor loss, Elbo.Pass pass) {
    return new StepLosses(
        loss.item_double(),
        pass.terms().reconstruction().mean().item_double(),
        pass.terms().klZ().mean().item_double(),
        pass.terms().klL().mean().item_double(),
        pass.activeDimsN().mean().item_double());
  }

  /** The negative evidence lower bound, KL terms at full weight. */
  public double elbo() {
    return reconstruction + klZ + klL;
  }

  public boolean finite() {
    return Double.isFinite(loss);
  }
}
