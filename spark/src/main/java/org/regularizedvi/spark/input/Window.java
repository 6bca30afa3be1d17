package org.regularizedvi.spark.input;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.input.InputException;

/**
 * Holds some cells of a data set in memory, of which a model is asked. It is read and never
 * written.
 *
 * @param cells their table, which knows their places in the data set
 * @param tables the features by modality, in the model's order of these
 * @param rows the counts by modality
 * @param heads for each cell, the values that stand before the answer in its row of the result
 */
public record Window(
    CellTable cells,
    SequencedMap<String, FeatureTable> tables,
    Map<String, SparseRows> rows,
    List<Object[]> heads)
    implements CellSource {
  /** {@return the number of cells} */
  public int size() {
    return heads.size();
  }

  @Override
  public List<Path> paths() {
    return List.of();
  }

  @Override
  public InputChoices choices() {
    return InputChoices.defaults();
  }

  @Override
  public FloatMatrix obsm(String key) {
    throw new InputException("%s has no '%s' in obsm.".formatted(cells.source(), key));
  }

  @Override
  public List<String> obsmKeys() {
    return List.of();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public List<String> modalities() {
    return List.copyOf(tables.keySet());
  }

  @Override
  public FeatureTable features(String modality) {
    return Optional.ofNullable(tables.get(modality)).orElseThrow(() -> missing(modality));
  }

  @Override
  public Counts counts(String modality) {
    return CountsInMemory.of(
        Optional.ofNullable(rows.get(modality)).orElseThrow(() -> missing(modality)));
  }

  private InputException missing(String modality) {
    return new InputException(
        "%s has no modality '%s'; it has %s."
            .formatted(cells.source(), modality, String.join(", ", modalities())));
  }

  @Override
  public CountReader countReader(String modality) {
    return CountReader.of(counts(modality));
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    throw new UnsupportedOperationException("cells in memory are not written");
  }

  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    throw new UnsupportedOperationException("cells in memory are not written");
  }

  /** Does nothing: it holds no file. */
  @Override
  public void close() {}
}
