package org.regularizedvi.formats.loom;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.formats.anndata.encoding.Columns;
import org.regularizedvi.formats.anndata.encoding.DenseCodec;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Holds the attributes of the cells or of the features of a loom file: names, columns, and matrices
 * where an attribute has two axes; a table has no place for more.
 *
 * @param file the open file
 * @param group where the attributes are
 * @param names those of the rows
 * @param columns the other attributes of one axis
 * @param matrices the attributes of two axes
 */
record LoomTable(
    Hierarchy file, String group, List<String> names, List<String> columns, List<String> matrices)
    implements CellTable, FeatureTable {
  /**
   * Opens a table.
   *
   * @param file the open file
   * @param group where the attributes are
   * @param naming attributes that may hold the names, the first of them that is there does
   * @param rows how many entries each must have
   * @return the table
   * @throws InputException when none of them is there, or an attribute has another length
   */
  static LoomTable open(Hierarchy file, String group, List<String> naming, long rows) {
    List<String> all = file.children(group);
    String index =
        naming.stream()
            .filter(all::contains)
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        "%s holds no names: expected an attribute %s, found %s."
                            .formatted(
                                file.where(group),
                                String.join(" or ", naming),
                                all.isEmpty() ? "none" : String.join(", ", all))));
    List<String> columns = new ArrayList<>();
    List<String> matrices = new ArrayList<>();
    for (String name : all) {
      long[] shape = file.shape(group + "/" + name);
      if (shape.length == 0 || shape[0] != rows) {
        throw new InputException(
            "%s should have %,d entries, as the matrix has on that axis, found %,d."
                .formatted(file.where(group + "/" + name), rows, shape.length == 0 ? 1 : shape[0]));
      }
      if (shape.length == 2) {
        matrices.add(name);
      } else if (shape.length == 1 && !name.equals(index)) {
        columns.add(name);
      }
    }
    if (!(Columns.read(file, group + "/" + index) instanceof Column.Text(String[] names))) {
      throw new InputException(
          "%s should hold names, found numbers.".formatted(file.where(group + "/" + index)));
    }
    return new LoomTable(file, group, List.of(names), List.copyOf(columns), List.copyOf(matrices));
  }

  @Override
  public String source() {
    return file.path().getFileName().toString();
  }

  private Column column(String key, String table) {
    if (!columns.contains(key)) {
      throw new InputException(
          "%s has no column '%s' in %s; %s."
              .formatted(file.path(), key, table, Nearest.words(key, columns)));
    }
    return Columns.read(file, group + "/" + key);
  }

  /**
   * Reads an attribute of two axes.
   *
   * @param key one of {@link #matrices}
   * @return a row for each cell or feature
   */
  FloatMatrix matrix(String key) {
    return DenseCodec.read(file, group + "/" + key, names.size());
  }

  @Override
  public int nObs() {
    return names.size();
  }

  @Override
  public List<String> obsNames() {
    return names;
  }

  @Override
  public List<String> obsColumns() {
    return columns;
  }

  @Override
  public Column obs(String key) {
    return column(key, "obs");
  }

  @Override
  public List<String> varNames() {
    return names;
  }

  @Override
  public List<String> varColumns() {
    return columns;
  }

  @Override
  public Column var(String key) {
    return column(key, "var");
  }

  @Override
  public void requireUniqueVarNames() {
    FeatureTable.requireUnique(names, file.path().toString());
  }
}
