package org.regularizedvi.cells.view;

import java.util.HashMap;
import java.util.Map;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.input.InputException;

/**
 * Shows a source with other tables of features, whose columns are the same.
 *
 * @param all the source, which closing this closes
 * @param names how the features are called
 * @param tables the tables by modality; of modalities without one here they are the source's
 */
public record NamedCells(CellSource all, FeatureNames names, Map<String, FeatureTable> tables)
    implements View {
  /** Keeps copies, which nobody can change. */
  public NamedCells {
    tables = Map.copyOf(tables);
  }

  /**
   * {@return a source with its features named as was chosen}
   *
   * @param all the source
   * @param names how the features are called
   * @throws InputException when there is no such column, or it has no name for a feature
   */
  public static CellSource of(CellSource all, FeatureNames names) {
    if (names.equals(FeatureNames.index())) {
      return all;
    }
    Map<String, FeatureTable> tables = new HashMap<>();
    for (String name : all.modalities()) {
      tables.put(name, NamedFeatures.of(all.features(name), name, names));
    }
    return new NamedCells(all, names, tables);
  }

  @Override
  public InputChoices choices() {
    return all.choices().with(names);
  }

  @Override
  public FeatureTable features(String modality) {
    FeatureTable own = all.features(modality);
    return tables.getOrDefault(modality, own);
  }
}
