package org.regularizedvi.engine;

import java.util.Optional;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.objective.CellValues;
import org.regularizedvi.cpu.objective.GlobalTerms;

/**
 * The loss of a minibatch and its terms.
 *
 * @param loss what was minimised, global terms included
 * @param cells the terms of cells, means over the minibatch in nats per cell
 * @param activeDims latent dimensions that say something of a cell, mean over cells
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
  public static StepLosses of(
      double loss, CellValues cells, GlobalTerms global, GradientWatch gradients) {
    return new StepLosses(
        loss,
        cells.terms().means(),
        cells.activeDimsN().mean().item_double(),
        cells.reconstructionN().stream().mapToDouble(n -> n.mean().item_double()).toArray(),
        Double.isFinite(loss) ? Optional.empty() : broken(cells, global),
        gradients.first());
  }

  private static Optional<String> broken(CellValues cells, GlobalTerms global) {
    return cells
        .terms()
        .firstBroken()
        .map(CellTerm::words)
        .or(() -> global.firstBroken().map(GlobalTerm::words));
  }

  /** The same with what was seen of the gradients since. */
  public StepLosses with(GradientWatch gradients) {
    return new StepLosses(loss, cells, activeDims, reconstructionOf, brokenTerm, gradients.first());
  }

  /** Whether the loss and all gradients are finite, and so the parameters after the step. */
  public boolean finite() {
    return Double.isFinite(loss) && brokenGradient.isEmpty();
  }
}
