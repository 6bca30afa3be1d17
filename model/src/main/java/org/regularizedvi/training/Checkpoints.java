package org.regularizedvi.training;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps what a training needs to go on after an end that nobody planned. */
public interface Checkpoints {
  /** Where an earlier run of the same training was; empty when this one begins. */
  Optional<TrainingState> start();

  /**
   * Is told after every step, and keeps the state when it is time to.
   *
   * @throws StoppedException when the run was asked to stop; the state is kept
   */
  void stepEnded(Supplier<TrainingState> state);

  /**
   * Is told after the last epoch; keeps the state, so that only what follows training is left.
   *
   * @throws StoppedException as {@link #stepEnded}
   */
  void trainingEnded(Supplier<TrainingState> state);

  /** The folder of the state kept last; empty when none was. */
  Optional<Path> last();

  /** Keeps nothing. */
  static Checkpoints none() {
    return new Checkpoints() {
      @Override
      public Optional<TrainingState> start() {
        return Optional.empty();
      }

      @Override
      public void stepEnded(Supplier<TrainingState> state) {}

      @Override
      public void trainingEnded(Supplier<TrainingState> state) {}

      @Override
      public Optional<Path> last() {
        return Optional.empty();
      }
    };
  }
}
