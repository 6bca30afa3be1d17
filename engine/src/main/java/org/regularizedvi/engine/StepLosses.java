package org.regularizedvi.engine;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;

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
   * {@return the losses over all workers' cells together}
   *
   * @param peers the workers, each of which calls this with its own losses
   * @param share of this worker's cells among all of the step, between 0 and 1
   */
  public StepLosses summed(Peers peers, double share) {
    if (peers.ranks() == 1) {
      return this;
    }
    CellLoss own = cells.map(value -> value * share);
    List<CellTerm> terms = List.copyOf(own.nats().keySet());
    double[] numbers =
        DoubleStream.concat(
                DoubleStream.of(loss, activeDims * share),
                DoubleStream.concat(
                    terms.stream().mapToDouble(own::of),
                    Arrays.stream(reconstructionOf).map(value -> value * share)))
            .toArray();
    double[] sums = peers.sum(numbers);
    Map<CellTerm, Double> nats = new EnumMap<>(CellTerm.class);
    for (int i = 0; i < terms.size(); i++) {
      nats.put(terms.get(i), sums[2 + i]);
    }
    return new StepLosses(
        sums[0],
        new CellLoss(nats),
        sums[1],
        Arrays.copyOfRange(sums, 2 + terms.size(), sums.length),
        brokenTerm,
        brokenGradient);
  }

  /**
   * {@return the same losses with what has been seen of the gradients since}
   *
   * @param gradients which gradient was the first that is not finite, if any
   */
  public StepLosses with(GradientWatch gradients) {
    return new StepLosses(loss, cells, activeDims, reconstructionOf, brokenTerm, gradients.first());
  }

  /**
   * {@return whether the loss and all gradients are finite, and so the parameters after the step}
   */
  public boolean finite() {
    return Double.isFinite(loss) && brokenGradient.isEmpty();
  }
}
