package org.regularizedvi.cli.options;

import org.regularizedvi.training.continuation.Checkpointing;

/**
 * Says how a training keeps checkpoints.
 *
 * @param minutes between two, 0 or more; 0 for none but at signals
 * @param restart whether to remove those that are there
 * @param elsewhere whether to go on from one of another device
 */
public record Keeping(double minutes, boolean restart, boolean elsewhere) {
  /**
   * Checks the interval.
   *
   * @throws org.regularizedvi.input.InputException when the minutes are negative or no finite
   *     number
   */
  public Keeping {
    Checkpointing.requireMinutes(minutes);
  }

  /** {@return the same, where checkpoints are left of an attempt before} */
  public Keeping goingOn() {
    return new Keeping(minutes, false, elsewhere);
  }
}
