package org.regularizedvi.cells.keys;

import java.util.List;
import org.regularizedvi.cells.CellTable;

/**
 * Holds a column of cells read as groups, in the order of {@link CategoryMapping}. Cells without a
 * value are in no group.
 *
 * @param column the name of the column
 * @param codes the place of each cell's group among the names, -1 for none
 * @param names the names of the groups, each of which has at least one cell
 */
public record CellGroups(String column, int[] codes, List<String> names) {
  /** Keeps copies, which nobody can change. */
  public CellGroups {
    names = List.copyOf(names);
  }

  /**
   * {@return the groups of a column}
   *
   * @param table the table of cells
   * @param column the name of the column
   * @throws org.regularizedvi.input.InputException when there is no such column
   */
  public static CellGroups of(CellTable table, String column) {
    Labels labels = Labels.ofSome(table.obs(column));
    return new CellGroups(column, labels.codes(), labels.categories());
  }
}
