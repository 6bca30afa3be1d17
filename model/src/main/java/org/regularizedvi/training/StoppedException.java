package org.regularizedvi.training;

import java.nio.file.Path;

/** Tells that training ended between two steps because it was asked to; a checkpoint was kept. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path checkpoint;

  /**
   * Makes the exception, whose message names epoch and step.
   *
   * @param state where training was
   * @param checkpoint the folder of the checkpoint
   */
  public StoppedException(TrainingState state, Path checkpoint) {
    super(
        "stopped in epoch %d after %d of its steps"
            .formatted(state.epoch() + 1, state.sums().steps()));
    this.checkpoint = checkpoint;
  }

  /** {@return the folder of the checkpoint} */
  public Path checkpoint() {
    return checkpoint;
  }
}
