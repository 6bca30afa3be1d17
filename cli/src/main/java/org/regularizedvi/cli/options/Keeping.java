package org.regularizedvi.cli.options;

import org.regularizedvi.training.continuation.Checkpointing;

/**
 * How a training keeps checkpoints.
 *
 * @param minutes between two; 0 for none but at signals
 * @param restart whether to remove those that are there
 */
public record Keeping(double minutes, boolean restart) {
  public Keeping {
    Checkpointing.requireMinutes(minutes);
  }
}
