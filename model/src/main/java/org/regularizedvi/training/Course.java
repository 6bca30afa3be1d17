package org.regularizedvi.training;

import java.util.Map;
import java.util.Optional;
import org.regularizedvi.core.config.LrSchedule;
import org.regularizedvi.core.config.TrainConfig;
import org.regularizedvi.core.data.CellData;

/**
 * Knows where training is and what decides how it goes on: epoch, step, learning rate, plateau,
 * early stopping. {@link #state} and {@link #restore} are each other's inverse.
 */
final class Course {
  private static final String WATCHED = "elbo_validation";

  final int epochs;
  int epoch;
  EpochSums sums;

  private final int stepsPerEpoch;
  private final LrSchedule schedule;
  private final Optional<Plateau> plateau;
  private final Optional<EarlyStopping> earlyStopping;
  private double highestLr;

  Course(TrainConfig config, int stepsPerEpoch, CellData data) {
    this.epochs = config.epochsFor(data.size());
    this.stepsPerEpoch = stepsPerEpoch;
    this.schedule = config.optimiser().lrSchedule();
    this.highestLr = config.optimiser().lr();
    this.plateau = config.plateau().map(Plateau::new);
    this.earlyStopping = config.earlyStopping().map(c -> new EarlyStopping(c, data.featureCount()));
    this.sums = EpochSums.none(data.modalities().size());
  }

  boolean over() {
    return epoch == epochs || earlyStopping.map(EarlyStopping::over).orElse(false);
  }

  /**
   * {@return why early stopping cannot end the training before its last epoch; empty when it can,
   * or there is none}
   *
   * @param warmup the number of epochs of the KL warm-up
   */
  Optional<String> idleStopping(int warmup) {
    return earlyStopping.flatMap(e -> e.idle(warmup, epochs));
  }

  /** {@return the number of steps since training began} */
  long stepsTaken() {
    return (long) epoch * stepsPerEpoch + sums.steps();
  }

  /**
   * {@return the learning rate of a step: the schedule's, under a highest that plateaus may cut}
   */
  double rate(long step) {
    return highestLr * schedule.factor(step, (long) epochs * stepsPerEpoch);
  }

  /**
   * Goes to the next epoch with what this one says to those who wait for better.
   *
   * @return whether early stopping would keep the parameters as they are now
   */
  boolean epochEnded(Map<String, Double> row) {
    plateau.ifPresent(p -> highestLr = p.next(row.get(WATCHED), highestLr));
    epoch++;
    sums = sums.cleared();
    return earlyStopping
        .map(e -> e.epochEnded(epoch, row.get(WATCHED), row.get("kl_weight")))
        .orElse(false);
  }

  /**
   * {@return the epoch whose parameters early stopping keeps, counted from 1; empty without early
   * stopping}
   */
  Optional<Integer> best() {
    return earlyStopping.flatMap(EarlyStopping::best);
  }

  TrainingState state() {
    return new TrainingState(
        epoch,
        sums,
        highestLr,
        earlyStopping.map(EarlyStopping::state),
        plateau.map(Plateau::state));
  }

  void restore(TrainingState state) {
    epoch = state.epoch();
    sums = state.sums();
    highestLr = state.highestLr();
    earlyStopping.ifPresent(e -> e.restore(state.earlyStopping().orElseThrow()));
    plateau.ifPresent(p -> p.restore(state.plateau().orElseThrow()));
  }
}
