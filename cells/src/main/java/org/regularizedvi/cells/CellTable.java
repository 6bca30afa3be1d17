package org.regularizedvi.cells;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.input.InputException;

/** Gives the table of cells (obs) of an input: named rows, columns looked up by key. */
public interface CellTable {
  /** {@return the name of this table in messages, usually the file's name} */
  String source();

  /** {@return the number of cells} */
  int nObs();

  /** {@return the names of the cells, in the order of the rows} */
  List<String> obsNames();

  /**
   * {@return the place of each cell in the data set that it is of, ascending from 0} Draws are
   * functions of it, and cells whose places are in the same 1,024 are computed together. A table of
   * a part of a data set says where its cells stand in the whole.
   */
  default int[] obsPlaces() {
    return IntStream.range(0, nObs()).toArray();
  }

  /**
   * {@return the names of the columns, in order; of several modalities, of those that they share}
   */
  List<String> obsColumns();

  /**
   * {@return a column, an entry for each cell}
   *
   * @param key the name of the column
   * @throws InputException when there is none of that name, with the nearest names
   */
  Column obs(String key);

  /**
   * {@return whether {@link #obs} finds a column}
   *
   * @param key the name of the column
   */
  default boolean hasObs(String key) {
    return obsColumns().contains(key);
  }

  /**
   * {@return the columns that a modality has for itself, with a row for each cell of this table,
   * missing where the modality lacks the cell; empty where cells are not told of by modality}
   *
   * @param modality the name of the modality
   */
  default Optional<CellTable> ofModality(String modality) {
    return Optional.empty();
  }

  /**
   * Checks that names of cells differ, for who implements this.
   *
   * @param what what such a name is called in the file
   * @param obsNames the names of the cells, in the order of the rows
   * @param where names the file for the message
   * @throws InputException naming the first cell that has the name of another
   */
  static void requireUnique(String what, List<String> obsNames, String where) {
    Map<String, Integer> seen = HashMap.newHashMap(obsNames.size());
    for (int cell = 0; cell < obsNames.size(); cell++) {
      Integer before = seen.putIfAbsent(obsNames.get(cell), cell);
      if (before != null) {
        throw new InputException(
            "The %s '%s' in %s is there twice, for cells %d and %d (counted from 0); expected each cell to have one of its own."
                .formatted(what, obsNames.get(cell), where, before, cell));
      }
    }
  }
}
