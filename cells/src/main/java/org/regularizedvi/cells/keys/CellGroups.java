package org.regularizedvi.cells.keys;

import java.util.List;
import org.regularizedvi.cells.CellTable;

/**
 * A column of cells read as groups, in the order of {@link CategoryMapping}; cells without a value
 * are of none.
 *
 * @param codes of each cell its group's place among the names, -1 for none
 * @param names each has at least one cell
 */
public record CellGroups(String column, int[] codes, List<String> names) {
  public CellGroups {
    names = List.copyOf(names);
  }

  /** Reads a column. */
  public static CellGroups of(CellTable table, String column) {
    Labels labels = Labels.ofSome(table.obs(column));
    return new CellGroups(column, labels.codes(), labels.categories());
  }
}
