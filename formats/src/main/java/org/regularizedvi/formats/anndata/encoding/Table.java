package org.regularizedvi.formats.anndata.encoding;

import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;

/**
 * Gives the table of cells (obs) or of features (var): named rows and named columns, read when
 * asked for.
 */
public sealed interface Table permits GroupTable, RecordTable {
  /** {@return the number of rows} */
  int rows();

  /** {@return the names of the rows, read on every call} */
  List<String> index();

  /** {@return the names of the columns, in order, without the index} */
  List<String> columns();

  /**
   * {@return a column, with an entry for each row}
   *
   * @param name one of {@link #columns()}
   */
  Column column(String name);

  /**
   * Opens a table.
   *
   * @param file the file, or a group of it
   * @param path the path of the table, "obs" or "var"
   * @return the table
   * @throws InputException when the file has no such table
   */
  static Table open(Hierarchy file, String path) {
    return switch (file.kind(path)) {
      case GROUP -> GroupTable.open(file, path);
      case ARRAY -> RecordTable.open(file, path);
      case MISSING ->
          throw new InputException(
              "%s is not an AnnData file: it has no '%s'.".formatted(file.path(), file.at(path)));
      case NULL, OTHER -> throw new InputException("%s is no table.".formatted(file.where(path)));
    };
  }
}
