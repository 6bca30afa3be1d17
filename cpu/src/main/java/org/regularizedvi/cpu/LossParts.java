package org.regularizedvi.cpu;

import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.term.CellLoss;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.cpu.net.CellValues;
import org.regularizedvi.cpu.term.GlobalLoss;
import org.regularizedvi.engine.StepLosses;

/**
 * Holds the parts of a minibatch's loss, and adds them up.
 *
 * @param cells those of each cell
 * @param global those of parameters that all cells share
 */
record LossParts(CellValues cells, GlobalLoss global) {
  /**
   * {@return the losses of the step}
   *
   * @param klWeight of the terms that are warmed up, between 0 and 1
   * @param shared what the parameters that all cells share add
   */
  StepLosses losses(double klWeight, double shared) {
    CellLoss sums = cells.sums();
    int size = cells.activeN().length;
    double loss = shared;
    for (Map.Entry<CellTerm, Double> term : sums.nats().entrySet()) {
      loss += (term.getKey().warmedUp() ? klWeight : 1) * term.getValue() / size;
    }
    double[] reconstructionOf = cells.reconstructionOf();
    for (int m = 0; m < reconstructionOf.length; m++) {
      reconstructionOf[m] /= size;
    }
    Optional<String> broken = Double.isFinite(loss) ? Optional.empty() : firstBroken();
    return new StepLosses(
        loss,
        sums.dividedBy(size),
        cells.activeDims() / size,
        reconstructionOf,
        broken,
        Optional.empty());
  }

  private Optional<String> firstBroken() {
    return cells
        .firstBroken()
        .map(CellTerm::words)
        .or(() -> global.firstBroken().map(GlobalTerm::words));
  }
}
