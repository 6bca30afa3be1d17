package org.regularizedvi.formats.prepared;

import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;

/**
 * Gives the table of prepared cells, named after their folder.
 *
 * @param all the table as its file has it
 * @param source the name of the folder
 */
record PreparedTable(CellTable all, String source) implements CellTable {
  @Override
  public int nObs() {
    return all.nObs();
  }

  @Override
  public List<String> obsNames() {
    return all.obsNames();
  }

  @Override
  public List<String> obsColumns() {
    return all.obsColumns();
  }

  @Override
  public Column obs(String key) {
    return all.obs(key);
  }

  @Override
  public boolean hasObs(String key) {
    return all.hasObs(key);
  }

  @Override
  public Optional<CellTable> ofModality(String modality) {
    return all.ofModality(modality);
  }
}
