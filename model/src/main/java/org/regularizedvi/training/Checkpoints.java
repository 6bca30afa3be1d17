package org.regularizedvi.training;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps the state that a training needs to go on after an end that nobody planned. */
public interface Checkpoints {
  /**
   * {@return the state in which an earlier run of the same training was; empty when this one
   * begins}
   */
  Optional<TrainingState> start();

  /**
   * Is told after every step, and keeps the state when it is time to.
   *
   * @param state gives the state, when it is wanted
   * @throws StoppedException when the run was asked to stop; the state is kept
   */
  void stepEnded(Supplier<TrainingState> state);

  /**
   * Is told after the last epoch; keeps the state, so that only what follows training is left.
   *
   * @param state gives the state, when it is wanted
   * @throws StoppedException as {@link #stepEnded}
   */
  void trainingEnded(Supplier<TrainingState> state);

  /** {@return the folder of the state kept last; empty when none was} */
  Optional<Path> last();

  /** {@return checkpoints that keep nothing} */
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
