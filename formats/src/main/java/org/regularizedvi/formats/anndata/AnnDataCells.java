package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountPlaces;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;

/**
 * Gives the cells of an AnnData file, whose only modality has the name "".
 *
 * @param file the file, which is closed with this
 * @param source where the counts are
 * @param checks which values may pass for counts
 */
public record AnnDataCells(AnnDataFile file, CountSource source, CountChecks checks)
    implements CellSource {
  @Override
  public List<Path> paths() {
    return List.of(file.path());
  }

  @Override
  public InputChoices choices() {
    return InputChoices.defaults().with(CountPlaces.of(Map.of("", source)));
  }

  @Override
  public CellTable cells() {
    return file;
  }

  @Override
  public FloatMatrix obsm(String key) {
    return file.obsm(key);
  }

  @Override
  public List<String> obsmKeys() {
    return file.obsmKeys();
  }

  @Override
  public List<String> notes() {
    return List.of();
  }

  @Override
  public List<String> modalities() {
    return List.of("");
  }

  @Override
  public AnnDataFile features(String name) {
    if (!name.isEmpty()) {
      throw new InputException(
          "%s is AnnData, which has one modality without a name; expected MuData with the modality '%s'."
              .formatted(file.path(), name));
    }
    return file.at(source);
  }

  @Override
  public Counts counts(String modality) {
    return features(modality).counts(source, checks).inMemory();
  }

  @Override
  public CountReader countReader(String modality) {
    return features(modality).counts(source, checks).reader();
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    Formats.requireOutput(file.path(), to.ofOnly(file.path()), ifExists);
  }

  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    if (!additions.modalities().isEmpty()) {
      throw new IllegalArgumentException(
          "additions to modalities %s of an .h5ad".formatted(additions.modalities().keySet()));
    }
    AnnDataCopy.write(
        file.path(),
        to.ofOnly(file.path()),
        RawAdditions.placed(file, source, additions.shared()),
        ifExists);
  }

  @Override
  public void close() {
    file.close();
  }
}
