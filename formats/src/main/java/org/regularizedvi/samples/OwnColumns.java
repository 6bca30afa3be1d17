package org.regularizedvi.samples;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Gives the columns that a modality of several files has for itself.
 *
 * @param source names them in messages
 * @param obsNames the names of all cells
 * @param columns the columns by name, an entry for each cell
 */
record OwnColumns(String source, List<String> obsNames, SequencedMap<String, Column> columns)
    implements CellTable {
  @Override
  public int nObs() {
    return obsNames.size();
  }

  @Override
  public List<String> obsColumns() {
    return List.copyOf(columns.keySet());
  }

  @Override
  public Column obs(String key) {
    return Optional.ofNullable(columns.get(key))
        .orElseThrow(
            () ->
                new InputException(
                    "%s has no column '%s' in obs of the modality; %s."
                        .formatted(source, key, Nearest.words(key, obsColumns()))));
  }
}
