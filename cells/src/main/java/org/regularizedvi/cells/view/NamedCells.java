package org.regularizedvi.cells.view;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/**
 * Shows a source with other tables of features, whose columns are the same.
 *
 * @param all the source, which closing this closes
 * @param names how the features are called
 * @param tables the tables by modality; of modalities without one here they are the source's
 */
public record NamedCells(CellSource all, FeatureNames names, Map<String, FeatureTable> tables)
    implements CellSource {
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
  public List<Path> paths() {
    return all.paths();
  }

  @Override
  public InputChoices choices() {
    return all.choices().with(names);
  }

  @Override
  public CellTable cells() {
    return all.cells();
  }

  @Override
  public FloatMatrix obsm(String key) {
    return all.obsm(key);
  }

  @Override
  public boolean hasObsm(String key) {
    return all.hasObsm(key);
  }

  @Override
  public List<String> notes() {
    return all.notes();
  }

  @Override
  public List<String> modalities() {
    return all.modalities();
  }

  @Override
  public FeatureTable features(String modality) {
    FeatureTable own = all.features(modality);
    return tables.getOrDefault(modality, own);
  }

  @Override
  public Counts counts(String modality) {
    return all.counts(modality);
  }

  @Override
  public CountReader countReader(String modality) {
    return all.countReader(modality);
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    all.requireWritable(to, ifExists);
  }

  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    all.write(to, additions, ifExists);
  }

  @Override
  public void close() {
    all.close();
  }
}
