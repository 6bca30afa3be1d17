package org.regularizedvi.cells.view;

import java.util.ArrayList;
import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.PandasText;
import org.regularizedvi.input.InputException;

/**
 * Gives a table of features under other names than its index has.
 *
 * @param table the table
 * @param varNames a name for each feature
 * @param takenAsZero the names of features that are not there and count as zero
 */
public record NamedFeatures(FeatureTable table, List<String> varNames, List<String> takenAsZero)
    implements FeatureTable {
  /** Keeps copies, which nobody can change. */
  public NamedFeatures {
    varNames = List.copyOf(varNames);
    takenAsZero = List.copyOf(takenAsZero);
  }

  /**
   * {@return a table with its features named as was chosen}
   *
   * @param table the table of a modality
   * @param modality the name of the modality
   * @param names how features are called
   * @throws InputException when there is no such column, or it has no name for a feature
   */
  public static FeatureTable of(FeatureTable table, String modality, FeatureNames names) {
    List<String> shown =
        names.column(modality).map(column -> texts(table, column)).orElseGet(table::varNames);
    if (names.stripVersions()) {
      shown = shown.stream().map(EnsemblIds::withoutVersion).toList();
    }
    if (names.makeVarNamesUnique()) {
      shown = UniqueNames.of(shown).names();
    }
    return shown.equals(table.varNames()) ? table : new NamedFeatures(table, shown, List.of());
  }

  private static List<String> texts(FeatureTable table, String key) {
    Column column = table.var(key);
    List<String> texts = new ArrayList<>();
    for (int feature = 0; feature < column.size(); feature++) {
      int at = feature;
      texts.add(
          PandasText.of(column, feature)
              .orElseThrow(
                  () ->
                      new InputException(
                          "%s: var['%s'] has no value for feature '%s'; expected a name for each."
                              .formatted(table.source(), key, table.varNames().get(at)))));
    }
    return texts;
  }

  @Override
  public String source() {
    return table.source();
  }

  @Override
  public List<String> varColumns() {
    return table.varColumns();
  }

  @Override
  public Column var(String key) {
    return table.var(key);
  }

  @Override
  public void requireUniqueVarNames() {
    FeatureTable.requireUnique(varNames, source());
  }
}
