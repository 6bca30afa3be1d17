package org.regularizedvi.training.continuation;

import java.util.function.BooleanSupplier;
import org.regularizedvi.input.InputException;

/**
 * Where and when a training keeps checkpoints.
 *
 * @param minutes between two; 0 for none but when it is stopped
 * @param stop asked after every step whether to end there
 */
public record Checkpointing(CheckpointFolder folder, double minutes, BooleanSupplier stop) {
  public static final double MINUTES = 7;

  public Checkpointing {
    requireMinutes(minutes);
  }

  /**
   * Says before any work whether an interval can be meant.
   *
   * @throws InputException when it cannot
   */
  public static void requireMinutes(double minutes) {
    if (!(minutes >= 0) || Double.isInfinite(minutes)) {
      throw new InputException(
          "checkpoint_minutes must be zero or a positive number, but is %s.".formatted(minutes));
    }
  }
}
