package org.regularizedvi.training;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.core.result.History;

/** Is told how training goes, on the training thread. */
public interface TrainListener {
  /**
   * Is told that training is about to start.
   *
   * @param plan the most that training will do
   */
  void started(Plan plan);

  /**
   * Is told that a step has ended.
   *
   * @param step number of steps done since the start of training
   * @param loss the step's loss in nats per cell
   */
  void stepEnded(long step, double loss);

  /**
   * Is told that an epoch has ended.
   *
   * @param epoch counted from 0
   * @param history whose last values are the epoch's
   */
  void epochEnded(int epoch, History history);

  /**
   * Is told of something that a user should look at, though training goes on.
   *
   * @param sentence for the user
   */
  default void warned(String sentence) {}

  /**
   * Says what training will do at most.
   *
   * @param epochs number of epochs, at most
   * @param stepsPerEpoch number of minibatches per epoch
   * @param trainingCells number of cells trained on
   * @param validationCells number of cells held back
   * @param stepsTaken by an earlier run of the same training, which this one goes on from
   * @param checkpoint that it goes on from; empty when training begins
   */
  record Plan(
      int epochs,
      int stepsPerEpoch,
      int trainingCells,
      int validationCells,
      long stepsTaken,
      Optional<Path> checkpoint) {
    /**
     * Makes the plan of a training that begins.
     *
     * @param epochs number of epochs, at most
     * @param stepsPerEpoch number of minibatches per epoch
     * @param trainingCells number of cells trained on
     * @param validationCells number of cells held back
     */
    public Plan(int epochs, int stepsPerEpoch, int trainingCells, int validationCells) {
      this(epochs, stepsPerEpoch, trainingCells, validationCells, 0, Optional.empty());
    }

    /** {@return the number of steps of the whole training, at most} */
    public long steps() {
      return (long) epochs * stepsPerEpoch;
    }
  }

  /** {@return a listener that ignores everything} */
  static TrainListener silent() {
    return new TrainListener() {
      @Override
      public void started(Plan plan) {}

      @Override
      public void stepEnded(long step, double loss) {}

      @Override
      public void epochEnded(int epoch, History history) {}
    };
  }
}
