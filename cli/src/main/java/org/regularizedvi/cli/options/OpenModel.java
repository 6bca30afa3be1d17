package org.regularizedvi.cli.options;

import org.regularizedvi.cells.CellSource;
import org.regularizedvi.model.RegularizedModel;

/**
 * Holds a trained model and the cells that a command asks it about, and closes both.
 *
 * @param model a trained model
 * @param cells the open file
 */
public record OpenModel(RegularizedModel model, CellSource cells) implements AutoCloseable {
  @Override
  public void close() {
    model.close();
    cells.close();
  }
}
