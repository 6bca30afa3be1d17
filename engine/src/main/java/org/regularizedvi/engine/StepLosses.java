package org.regularizedvi.engine;

import java.util.Optional;
import org.regularizedvi.core.term.CellLoss;

/**
 * Holds the loss of a minibatch and its terms.
 *
 * @param loss the number that was minimised, global terms included, in nats per cell
 * @param cells the terms of cells, means over the minibatch in nats per cell
 * @param activeDims number of latent dimensions that say something of a cell, mean over cells
 * @param reconstructionOf what each modality adds to the reconstruction, nats per cell
 * @param brokenTerm words for the first term of the loss that is not finite
 * @param brokenGradient the first parameter whose gradient is not finite
 */
public record StepLosses(
    double loss,
    CellLoss cells,
    double activeDims,
    double[] reconstructionOf,
    Optional<String> brokenTerm,
    Optional<String> brokenGradient) {
  /**
   * {@return the same losses with what has been seen of the gradients since}
   *
   * @param gradient the first that is not finite, if any
   */
  public StepLosses with(Optional<String> gradient) {
    return new StepLosses(loss, cells, activeDims, reconstructionOf, brokenTerm, gradient);
  }

  /**
   * {@return whether the loss and all gradients are finite, and so the parameters after the step}
   */
  public boolean finite() {
    return Double.isFinite(loss) && brokenGradient.isEmpty();
  }
}
