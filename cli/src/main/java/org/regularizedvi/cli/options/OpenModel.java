package org.regularizedvi.cli.options;

import org.regularizedvi.cells.CellSource;
import org.regularizedvi.model.RegularizedModel;

/** A trained model and the cells that a command asks it about. */
public record OpenModel(RegularizedModel model, CellSource cells) implements AutoCloseable {
  @Override
  public void close() {
    model.close();
    cells.close();
  }
}
