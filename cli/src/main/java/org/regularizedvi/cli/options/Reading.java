package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;

/**
 * How a command reads a file of cells: where the counts are and what may pass for one.
 *
 * @param layer name of the layer or layers; empty for X
 * @param cells which cells of several modalities; empty where nothing was said
 * @param modalities which of several; empty for all, or for those of a model
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

  public Reading of(List<String> chosen) {
    return new Reading(layer, checks, cells, chosen, trusted);
  }

  /**
   * Opens a file to set a model up with its cells: the file decides of which kind.
   *
   * @throws InputException when something is said of modalities and it has none
   */
  public CellSource open(Path input) {
    CellFormat format = format(input);
    List<String> all = format.modalities(input);
    if (!modalities.isEmpty() && all.equals(Selection.ONE_MODALITY)) {
      throw notOf("modalities", input);
    }
    return open(format, input, selection(all));
  }

  /** Opens a file for a model that exists: the model decides of which kind. */
  public CellSource open(Path input, RegularizedModel model) {
    return open(format(input), input, of(model.modalities()).selection(List.of()));
  }

  private CellSource open(CellFormat format, Path input, Selection selection) {
    CellSource source = format.open(input, selection);
    if (cells.isPresent() && source.modalities().equals(Selection.ONE_MODALITY)) {
      source.close();
      throw notOf("cells", input);
    }
    return source;
  }

  /** Returns what is taken of a file, whatever model it is for. */
  public Selection selection(Path input) {
    return selection(format(input).modalities(input));
  }

  /**
   * Returns what is taken of a file.
   *
   * @param all names of its modalities, which are taken where none is chosen
   */
  public Selection selection(List<String> all) {
    List<String> taken = modalities.isEmpty() ? all : modalities;
    Map<String, CountSource> counts =
        layer.map(text -> new Layers(text).of(taken)).orElse(Map.of());
    return new Selection(modalities, cells.orElse(CellJoin.UNION), counts, checks);
  }

  /** Finds the format, after a damaged file was kept from ending the program. */
  private CellFormat format(Path input) {
    if (!trusted) {
      Formats.requireWhole(input);
    }
    return Formats.of(input);
  }

  /** Returns what to say of an option for several modalities that comes with a file of one. */
  public static InputException notOf(String option, Path input) {
    return new InputException(
        "%s is for files of several modalities, such as .h5mu, but %s has only one."
            .formatted(option, input));
  }
}
