package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.formats.CellSource;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.formats.mudata.MuDataFile;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.AmbientRegularizedSCVI;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.RegularizedMultimodalVI;

/**
 * Where the counts are in the file and what may pass for one.
 *
 * @param layer name of the layer or layers; empty for X
 * @param cells which cells of several modalities; empty where nothing was said
 * @param modalities which of an .h5mu; empty for all, or for those of a model
 * @param trusted whether the file is read without a look whether it is damaged
 */
public record Reading(
    Optional<String> layer,
    CountChecks checks,
    Optional<CellJoin> cells,
    List<String> modalities,
    boolean trusted) {
  public Reading {
    modalities = List.copyOf(modalities);
  }

  /** Whole numbers in X of a file of the program's own. */
  public static Reading x() {
    return new Reading(Optional.empty(), CountChecks.INTEGERS, Optional.empty(), List.of(), true);
  }

  /** Where an .h5ad has them. */
  public CountSource source() {
    return layer.map(CountSource::layer).orElse(CountSource.x());
  }

  public Reading of(List<String> chosen) {
    return new Reading(layer, checks, cells, chosen, trusted);
  }

  /** Where the modalities of an .h5mu have them; those left out have them in X. */
  public Map<String, CountSource> sources(List<String> all) {
    return layer.map(text -> new Layers(text).of(all)).orElse(Map.of());
  }

  /** Which cells of an .h5mu are taken. */
  public CellJoin join() {
    return cells.orElse(CellJoin.UNION);
  }

  /**
   * Opens a file to set a model up with its cells: the file decides of which kind.
   *
   * @throws InputException when something is said of modalities and it has none
   */
  public CellSource open(Path input) {
    fence(input);
    if (MuDataFile.isAt(input)) {
      return several(MuDataFile.open(input, modalities, join()));
    }
    if (!modalities.isEmpty()) {
      throw notOf("modalities", input);
    }
    return single(input);
  }

  /** Opens a file for a model that exists: the model decides of which kind. */
  public CellSource open(Path input, RegularizedModel model) {
    fence(input);
    return switch (model) {
      case AmbientRegularizedSCVI _ -> single(input);
      case RegularizedMultimodalVI _ -> several(MuDataFile.open(input, model.modalities(), join()));
    };
  }

  /** Keeps a damaged file from ending the program. */
  public void fence(Path input) {
    if (!trusted) {
      CellSource.requireWhole(input);
    }
  }

  private CellSource single(Path input) {
    AnnDataFile file = AnnDataFile.open(input);
    if (cells.isPresent()) {
      file.close();
      throw notOf("cells", input);
    }
    return CellSource.of(file, source(), checks);
  }

  private CellSource several(MuDataFile file) {
    try {
      return CellSource.of(file, sources(file.modalities()), checks);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** What to say of an option about modalities that comes with a file that has none. */
  public static InputException notOf(String option, Path input) {
    return new InputException(
        "%s is about modalities, which an .h5mu file has, but %s is an .h5ad file."
            .formatted(option, input));
  }
}
