package org.regularizedvi.spark.input;

import java.util.List;
import java.util.SequencedMap;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Holds the table of some cells of a data set.
 *
 * @param source names the data set for messages
 * @param obsNames the name of each cell
 * @param obsPlaces the place of each cell in the data set, ascending
 * @param columns the columns that a model needs, by their names
 */
record WindowTable(
    String source, List<String> obsNames, int[] obsPlaces, SequencedMap<String, Column> columns)
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
    if (!columns.containsKey(key)) {
      throw new InputException(
          "%s has no column '%s'; %s.".formatted(source, key, Nearest.words(key, obsColumns())));
    }
    return columns.get(key);
  }
}
