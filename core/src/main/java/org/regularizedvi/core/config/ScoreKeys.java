package org.regularizedvi.core.config;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * Names the columns of obs by which integration is scored, one at least.
 *
 * @param batch the column whose values should mix
 * @param label the column whose values should stay apart
 */
public record ScoreKeys(Optional<String> batch, Optional<String> label) {
  /**
   * Checks the components.
   *
   * @throws InputException when no column is named
   */
  public ScoreKeys {
    if (batch.isEmpty() && label.isEmpty()) {
      throw new InputException("scores must name a column: batch=COL, label=COL or both.");
    }
  }
}
