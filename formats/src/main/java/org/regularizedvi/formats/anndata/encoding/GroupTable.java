package org.regularizedvi.formats.anndata.encoding;

import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.Amount;
import org.regularizedvi.input.InputException;

/**
 * Reads a table as a group with a member for each column: encoding-type "dataframe", anndata 0.7
 * and later.
 */
record GroupTable(Hierarchy file, String path, String indexPath, int rows, List<String> columns)
    implements Table {

  static GroupTable open(Hierarchy file, String path) {
    if (!file.hasAttribute(path, "_index")) {
      throw new InputException(
          "%s has no attribute '_index' naming its row names: it is no AnnData table."
              .formatted(file.where(path)));
    }
    String index = path + "/" + file.attributeText(path, "_index");
    return new GroupTable(
        file,
        path,
        index,
        length(file, index),
        file.hasAttribute(path, "column-order")
            ? file.attributeTexts(path, "column-order")
            : List.of());
  }

  private static int length(Hierarchy file, String index) {
    if (file.kind(index) == Hierarchy.Kind.GROUP) {
      return Labels.read(file, index).length;
    }
    long[] shape = file.shape(index);
    if (shape.length != 1 || shape[0] > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%s should be one axis of at most 2^31 names.".formatted(file.where(index)));
    }
    return (int) shape[0];
  }

  @Override
  public List<String> index() {
    String[] names = Labels.read(file, indexPath);
    for (int row = 0; row < names.length; row++) {
      if (names[row] == null) {
        throw new InputException(
            "%s has no name in row %d (counted from 0); expected one in every row."
                .formatted(file.where(indexPath), row));
      }
    }
    return List.of(names);
  }

  @Override
  public Column column(String name) {
    String at = path + "/" + name;
    String old = path + "/" + CategoricalCodec.OLD_CATEGORIES + "/" + name;
    boolean oldCategories = file.kind(at) == Hierarchy.Kind.ARRAY && file.exists(old);
    Column column =
        oldCategories ? CategoricalCodec.readOld(file, at, old) : Columns.read(file, at);
    if (column.size() != rows) {
      throw new InputException(
          "%s has %s; its table has %s: the file is damaged."
              .formatted(
                  file.where(at),
                  Amount.of(column.size(), "entry", "entries"),
                  Amount.of(rows, "row")));
    }
    return column;
  }
}
