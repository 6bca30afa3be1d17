package org.regularizedvi.cells.view;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;

/** Shows some rows of a table of cells. */
public final class SomeCells implements CellTable {
  private final CellTable all;
  private final int[] rows;
  private final List<String> names;

  /**
   * Chooses rows.
   *
   * @param all the table
   * @param rows the places of the rows, ascending
   */
  public SomeCells(CellTable all, int[] rows) {
    this.all = all;
    this.rows = rows;
    List<String> every = all.obsNames();
    this.names = Arrays.stream(rows).mapToObj(every::get).toList();
  }

  @Override
  public String source() {
    return all.source();
  }

  @Override
  public int nObs() {
    return rows.length;
  }

  @Override
  public List<String> obsNames() {
    return names;
  }

  @Override
  public List<String> obsColumns() {
    return all.obsColumns();
  }

  @Override
  public boolean hasObs(String key) {
    return all.hasObs(key);
  }

  @Override
  public Column obs(String key) {
    return Aligned.column(all.obs(key), rows);
  }

  @Override
  public Optional<CellTable> ofModality(String modality) {
    return all.ofModality(modality).map(own -> new SomeCells(own, rows));
  }
}
