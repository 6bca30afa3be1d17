package org.regularizedvi.formats.tenx;

import java.util.List;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.view.UniqueNames;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Gives the features of one modality of a 10x matrix.
 *
 * @param source what to call it in messages
 * @param columns where in the matrix its features are, ascending
 * @param varNames each there once
 * @param var the columns of its table
 * @param renamed how many names repeated another one and were changed
 */
record TenxModality(
    String source, int[] columns, List<String> varNames, List<Addition.VarColumn> var, int renamed)
    implements FeatureTable {
  static TenxModality of(String source, TenxFeatures all, int[] columns) {
    TenxFeatures features = all.pick(columns);
    UniqueNames unique = UniqueNames.of(features.names());
    List<Addition.VarColumn> var =
        features.columns().entrySet().stream()
            .map(
                column ->
                    new Addition.VarColumn(
                        column.getKey(), new Column.Text(column.getValue().toArray(String[]::new))))
            .toList();
    return new TenxModality(source, columns, unique.names(), var, unique.changed());
  }

  @Override
  public List<String> varColumns() {
    return var.stream().map(Addition::name).toList();
  }

  @Override
  public Column var(String key) {
    return var.stream()
        .filter(column -> column.name().equals(key))
        .map(Addition.VarColumn::values)
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "%s has no column '%s' in var; %s."
                        .formatted(source, key, Nearest.words(key, varColumns()))));
  }

  @Override
  public void requireUniqueVarNames() {
    FeatureTable.requireUnique(varNames, source);
  }
}
