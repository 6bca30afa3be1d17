package org.regularizedvi.spark.input;

import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.input.InputException;

/**
 * Names the features that places in a table of cells stand for; nothing else is known of them.
 *
 * @param source names the table for messages
 * @param varNames the names
 */
record NamedColumns(String source, List<String> varNames) implements FeatureTable {
  @Override
  public List<String> varColumns() {
    return List.of();
  }

  @Override
  public Column var(String key) {
    throw new InputException(
        "%s has no column '%s' of features; it has their names alone.".formatted(source, key));
  }

  @Override
  public void requireUniqueVarNames() {
    FeatureTable.requireUnique(varNames, source);
  }
}
