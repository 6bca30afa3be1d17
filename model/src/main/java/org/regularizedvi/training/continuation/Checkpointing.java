package org.regularizedvi.training.continuation;

import java.util.function.BooleanSupplier;
import org.regularizedvi.input.InputException;

/**
 * Says where and when a training keeps checkpoints.
 *
 * @param folder held by this run
 * @param minutes between two, 0 or more; 0 for none but when it is stopped
 * @param stop asked after every step whether to end there
 * @param elsewhere whether to go on from a checkpoint of an engine on another device, which may end
 *     in other last bits
 */
public record Checkpointing(
    CheckpointFolder folder, double minutes, BooleanSupplier stop, boolean elsewhere) {
  /** The minutes between two checkpoints unless others are asked for. */
  public static final double MINUTES = 7;

  /**
   * Checks the interval.
   *
   * @throws InputException when the minutes are negative or no number
   */
  public Checkpointing {
    requireMinutes(minutes);
  }

  /**
   * Says before any work whether an interval can be meant.
   *
   * @param minutes between two checkpoints
   * @throws InputException when they are negative or no finite number
   */
  public static void requireMinutes(double minutes) {
    if (!(minutes >= 0) || Double.isInfinite(minutes)) {
      throw new InputException(
          "checkpoint_minutes must be zero or a positive number, but is %s.".formatted(minutes));
    }
  }
}
