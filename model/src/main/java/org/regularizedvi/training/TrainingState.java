package org.regularizedvi.training;

import java.util.Optional;

/**
 * Says where a training is between two steps: with the parameters, the optimiser's memory and the
 * history, all that the rest of it depends on.
 *
 * @param epoch the one it is in, counted from 0; after the last step of the last one, the number of
 *     epochs
 * @param sums of the steps taken in it
 * @param highestLr the learning rate that the schedule starts from, as plateaus have cut it
 * @param earlyStopping what it remembers, when training has it
 * @param plateau how long it has waited, when training has it
 */
public record TrainingState(
    int epoch,
    EpochSums sums,
    double highestLr,
    Optional<Waiting> earlyStopping,
    Optional<Patience> plateau) {
  /**
   * Checks the epoch.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public TrainingState {
    if (epoch < 0) {
      throw new IllegalArgumentException("epoch " + epoch);
    }
  }
}
