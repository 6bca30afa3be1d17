package org.regularizedvi.formats.tenx;

import java.util.List;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.input.InputException;

/**
 * Gives the table of the cells of a 10x matrix, which have names, their barcodes, and no columns.
 */
record TenxCellTable(String source, List<String> obsNames) implements CellTable {
  /**
   * Checks the barcodes.
   *
   * @throws InputException when one is there twice
   */
  TenxCellTable {
    CellTable.requireUnique("barcode", obsNames, source);
  }

  @Override
  public int nObs() {
    return obsNames.size();
  }

  @Override
  public List<String> obsColumns() {
    return List.of();
  }

  @Override
  public Column obs(String key) {
    throw new InputException(
        "%s has no column '%s' in obs: a 10x matrix names its cells and tells nothing else of them; expected a sample sheet (.csv) that gives it, or an .h5ad file that has it."
            .formatted(source, key));
  }
}
