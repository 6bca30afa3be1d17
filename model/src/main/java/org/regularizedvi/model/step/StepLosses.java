package org.regularizedvi.model.step;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.model.objective.Elbo;

/**
 * What a minibatch's loss was made of, means over its cells in nats.
 *
 * @param loss what was minimised, global terms included
 * @param activeDims latent dimensions that say something of a cell, mean over cells
 * @param reconstructionOf what each modality adds to {@code reconstruction}
 */
public record StepLosses(
    double loss,
    double reconstruction,
    double klZ,
    double klL,
    double activeDims,
    double[] reconstructionOf) {
  public static StepLosses of(Tensor loss, Elbo.Pass pass) {
    return new StepLosses(
        loss.item_double(),
        pass.terms().reconstruction().mean().item_double(),
        pass.terms().klZ().mean().item_double(),
        pass.terms().klL().mean().item_double(),
        pass.activeDimsN().mean().item_double(),
        pass.reconstructionN().stream().mapToDouble(n -> n.mean().item_double()).toArray());
  }

  /** The negative evidence lower bound, KL terms at full weight. */
  public double elbo() {
    return reconstruction + klZ + klL;
  }

  public boolean finite() {
    return Double.isFinite(loss);
  }
}
