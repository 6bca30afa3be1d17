package org.regularizedvi.cells;

import java.util.List;
import org.regularizedvi.input.InputException;

/** The table of cells (obs) of an input: named rows, columns looked up by key. */
public interface CellTable {
  /** Returns what to call this table in messages, usually the file's name. */
  String source();

  /** Returns the number of cells. */
  int nObs();

  /** Returns the names of the cells, in the order of the rows. */
  List<String> obsNames();

  /**
   * Returns the names of the columns, in order; of several modalities, of those that they share.
   */
  List<String> obsColumns();

  /**
   * Reads a column, an entry for each cell.
   *
   * @throws InputException when there is none of that name, with the nearest names
   */
  Column obs(String key);
}
