package org.regularizedvi.model.train;

import org.regularizedvi.model.History;

/** Is told how training goes, on the training thread. */
public interface TrainListener {
  /** Training is about to start. */
  void started(Plan plan);

  /**
   * A step has ended.
   *
   * @param step steps done since the start of training
   * @param loss the step's loss in nats a cell
   */
  void stepEnded(long step, double loss);

  /** An epoch has ended; its values are the last of the history. */
  void epochEnded(int epoch, History history);

  /** What training will do at most. */
  record Plan(int epochs, int stepsPerEpoch, int trainingCells, int validationCells) {
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
