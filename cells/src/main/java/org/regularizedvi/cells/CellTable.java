package org.regularizedvi.cells;

import java.util.List;
import org.regularizedvi.input.InputException;

/** The table of cells (obs) of an input: named rows, columns looked up by key. */
public interface CellTable {
  /** What to call this table in messages, usually the file's name. */
  String source();

  int nObs();

  List<String> obsNames();

  /** Returns the column, or throws {@link InputException} naming the nearest existing keys. */
  Column obs(String key);
}
