package org.regularizedvi.training;

import java.util.Arrays;
import org.regularizedvi.engine.StepLosses;

/**
 * What the steps of an epoch have added up to: losses times cells, in the order of the steps.
 *
 * @param steps taken in this epoch
 * @param loss nats, as are the next three
 * @param reconstructionOf of each modality
 */
public record EpochSums(
    int steps,
    double loss,
    double reconstruction,
    double klZ,
    double klL,
    double activeDims,
    double[] reconstructionOf) {

  public EpochSums {
    reconstructionOf = reconstructionOf.clone();
    if (steps < 0) {
      throw new IllegalArgumentException("%d steps".formatted(steps));
    }
  }

  static EpochSums none(int modalities) {
    return new EpochSums(0, 0, 0, 0, 0, 0, new double[modalities]);
  }

  /** With another step over so many cells. */
  EpochSums plus(StepLosses losses, int cells) {
    double[] each = Arrays.copyOf(reconstructionOf, reconstructionOf.length);
    for (int m = 0; m < each.length; m++) {
      each[m] += losses.reconstructionOf()[m] * cells;
    }
    return new EpochSums(
        steps + 1,
        loss + losses.loss() * cells,
        reconstruction + losses.reconstruction() * cells,
        klZ + losses.klZ() * cells,
        klL + losses.klL() * cells,
        activeDims + losses.activeDims() * cells,
        each);
  }
}
