package org.regularizedvi.core.config;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * Columns of obs by which integration is scored, one at least.
 *
 * @param batch whose values should mix
 * @param label whose values should stay apart
 */
public record ScoreKeys(Optional<String> batch, Optional<String> label) {
  public ScoreKeys {
    if (batch.isEmpty() && label.isEmpty()) {
      throw new InputException("scores must name a column: batch=COL, label=COL or both.");
    }
  }
}
