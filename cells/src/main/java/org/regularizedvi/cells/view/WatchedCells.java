package org.regularizedvi.cells.view;

import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.PassListener;

/**
 * Shows a source as it is, and tells how far each pass over its counts is.
 *
 * @param all the source, which closing this closes
 * @param listener is told of rows as they are read
 */
public record WatchedCells(CellSource all, PassListener listener) implements View {
  @Override
  public InputChoices choices() {
    return all.choices();
  }

  @Override
  public CountReader countReader(String modality) {
    return all.countReader(modality).watched(modality, listener);
  }
}
