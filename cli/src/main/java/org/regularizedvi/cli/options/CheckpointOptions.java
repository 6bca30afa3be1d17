package org.regularizedvi.cli.options;

import org.regularizedvi.training.continuation.Checkpointing;
import picocli.CommandLine.Option;

/** Holds the options that say what becomes of a run that is interrupted. */
public final class CheckpointOptions {
  @Option(
      names = "--checkpoint-minutes",
      paramLabel = "X",
      description =
          "Minutes between checkpoints, from which the same command goes on; 0 for none but when the run is"
              + " stopped (default: ${DEFAULT-VALUE}).")
  private double minutes = Checkpointing.MINUTES;

  @Option(
      names = "--restart",
      description = "Remove the checkpoints of an interrupted run and begin anew.")
  private boolean restart;

  /**
   * {@return how the training keeps checkpoints}
   *
   * @param elsewhere whether to go on from one of another device
   * @throws org.regularizedvi.input.InputException when the minutes are negative or no finite
   *     number
   */
  public Keeping toKeeping(boolean elsewhere) {
    return new Keeping(minutes, restart, elsewhere);
  }
}
