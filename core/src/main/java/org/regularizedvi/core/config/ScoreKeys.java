package org.regularizedvi.core.config;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * Names the columns of obs by which integration is scored, one at least, and marker genes by which
 * neighbours of other batches are compared.
 *
 * @param batch the column whose values should mix
 * @param label the column whose values should stay apart
 * @param markers a column of var that marks the marker genes, or a text file with their names
 */
public record ScoreKeys(Optional<String> batch, Optional<String> label, Optional<String> markers) {
  /**
   * Checks the components.
   *
   * @throws InputException when no column is named, or markers without a batch
   */
  public ScoreKeys {
    if (batch.isEmpty() && label.isEmpty()) {
      throw new InputException("scores must name a column: batch=COL, label=COL or both.");
    }
    if (markers.isPresent() && batch.isEmpty()) {
      throw new InputException(
          "scores: markers compare neighbours of different batches; expected batch=COL as well.");
    }
  }
}
