package org.regularizedvi.training;

import java.nio.file.Path;

/** Training ended between two steps because it was asked to; a checkpoint was kept. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path checkpoint;

  public StoppedException(TrainingState state, Path checkpoint) {
    super(
        "stopped in epoch %d after %d of its steps"
            .formatted(state.epoch() + 1, state.sums().steps()));
    this.checkpoint = checkpoint;
  }

  /** The folder of the checkpoint. */
  public Path checkpoint() {
    return checkpoint;
  }
}
