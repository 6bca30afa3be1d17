package org.regularizedvi.cells.view;

import java.util.List;
import java.util.stream.Stream;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.InputChoices;

/**
 * Shows a source with something more to tell of how it is read.
 *
 * @param all the source, which closing this closes
 * @param note the sentence
 */
public record NotedCells(CellSource all, String note) implements View {
  @Override
  public InputChoices choices() {
    return all.choices();
  }

  @Override
  public List<String> notes() {
    return Stream.concat(all.notes().stream(), Stream.of(note)).toList();
  }
}
