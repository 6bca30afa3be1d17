package org.regularizedvi.training;

import java.nio.file.Path;
import java.util.Optional;
import org.regularizedvi.core.result.History;

/** Is told how training goes, on the training thread. */
public interface TrainListener {
  /** Training is about to start. */
  void started(Plan plan);

  /**
   * A step has ended.
   *
   * @param step steps done since the start of training
   * @param loss the step's loss in nats per cell
   */
  void stepEnded(long step, double loss);

  /** An epoch has ended; its values are the last of the history. */
  void epochEnded(int epoch, History history);

  /** Something a user should look at, in one sentence, though training goes on. */
  default void warned(String sentence) {}

  /**
   * What training will do at most.
   *
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
    /** Of a training that begins. */
    public Plan(int epochs, int stepsPerEpoch, int trainingCells, int validationCells) {
      this(epochs, stepsPerEpoch, trainingCells, validationCells, 0, Optional.empty());
    }

    public long steps() {
      return (long) epochs * stepsPerEpoch;
    }
  }

  /** Listens to nothing. */
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
