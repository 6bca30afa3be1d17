package org.regularizedvi.formats.mudata;

import java.util.List;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.anndata.AnnDataFile;

/**
 * Gives the columns that a modality has for itself, with the rows of all cells.
 *
 * @param obsNames the names of all cells
 * @param modality the modality
 * @param rowOf the row of each cell in the modality, -1 for a cell that it lacks
 */
record ModalityColumns(List<String> obsNames, AnnDataFile modality, int[] rowOf)
    implements CellTable {
  @Override
  public String source() {
    return modality.source();
  }

  @Override
  public int nObs() {
    return obsNames.size();
  }

  @Override
  public List<String> obsColumns() {
    return modality.obsColumns();
  }

  @Override
  public Column obs(String key) {
    return Aligned.column(modality.obs(key), rowOf);
  }
}
