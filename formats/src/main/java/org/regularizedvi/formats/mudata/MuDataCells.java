package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.Addition;
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
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.anndata.RawAdditions;
import org.regularizedvi.input.InputException;

/**
 * Gives the cells of a MuData file with the counts that were selected.
 *
 * @param file the file, which is closed with this
 * @param sources where a modality has its counts, X where it is not named
 * @param checks which values may pass for counts
 */
public record MuDataCells(MuDataFile file, Map<String, CountSource> sources, CountChecks checks)
    implements CellSource {
  /**
   * Checks that the modalities named are there.
   *
   * @throws InputException when one is named that was not taken of the file
   */
  public MuDataCells {
    sources = Map.copyOf(sources);
    for (String name : sources.keySet()) {
      if (!file.modalities().contains(name)) {
        throw new InputException(
            "layer names the modality '%s', but those of %s are %s."
                .formatted(name, file.source(), String.join(", ", file.modalities())));
      }
    }
  }

  @Override
  public List<Path> paths() {
    return List.of(file.path());
  }

  @Override
  public InputChoices choices() {
    return InputChoices.defaults().with(CountPlaces.of(sources));
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
    return List.of(file.cells().words());
  }

  @Override
  public List<String> modalities() {
    return file.modalities().stream().sorted().toList();
  }

  @Override
  public AnnDataFile features(String name) {
    if (name.isEmpty()) {
      throw new InputException(
          "%s is MuData; expected AnnData, which has one modality.".formatted(file.path()));
    }
    return file.modality(name).at(source(name));
  }

  @Override
  public Counts counts(String modality) {
    return file.counts(modality, source(modality), checks);
  }

  @Override
  public CountReader countReader(String modality) {
    return file.countReader(modality, source(modality), checks);
  }

  private CountSource source(String modality) {
    return sources.getOrDefault(modality, CountSource.x());
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    Formats.requireOutput(file.path(), to.ofOnly(file.path()), ifExists);
  }

  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    MuDataCopy.write(
        file.path(), to.ofOnly(file.path()), file.arranged(placed(additions)), ifExists);
  }

  private TableAdditions placed(TableAdditions additions) {
    TableAdditions placed = TableAdditions.shared(additions.shared());
    for (Map.Entry<String, List<Addition>> own : additions.modalities().entrySet()) {
      String name = own.getKey();
      placed =
          placed.with(name, RawAdditions.placed(file.modality(name), source(name), own.getValue()));
    }
    return placed;
  }

  @Override
  public void close() {
    file.close();
  }
}
