package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.RegularizedModel;

/**
 * Says how a command reads a file of cells: what is taken of it and what may pass for a count.
 *
 * @param choices what was asked for; of a trained model's input the rest is as the model had it
 * @param checks what may pass for a count
 * @param cells which cells of several modalities; empty where nothing was said
 * @param modalities which of several; empty for all, or for those of a model
 * @param trusted whether the file is read without a look whether it is damaged
 */
public record Reading(
    InputChoices choices,
    CountChecks checks,
    Optional<CellJoin> cells,
    List<String> modalities,
    boolean trusted) {
  /** Keeps a copy of the names. */
  public Reading {
    modalities = List.copyOf(modalities);
  }

  /** {@return a reading of whole numbers in X of a file that is trusted} */
  public static Reading x() {
    return new Reading(
        InputChoices.defaults(), CountChecks.INTEGERS, Optional.empty(), List.of(), true);
  }

  /**
   * {@return the same reading of some modalities}
   *
   * @param chosen their names; none for all
   */
  public Reading of(List<String> chosen) {
    return new Reading(choices, checks, cells, chosen, trusted);
  }

  /**
   * Opens a file to set a model up with its cells: the file decides of which kind.
   *
   * @param input the file or folder
   * @return the cells, to be closed by the caller
   * @throws InputException when the file cannot be read, or something is said of modalities and it
   *     has none
   */
  public CellSource open(Path input) {
    CellFormat format = format(input);
    List<String> all = format.modalities(input);
    if (!modalities.isEmpty() && all.equals(Selection.ONE_MODALITY)) {
      throw notOf("modalities", input);
    }
    return open(format, input, selection(all));
  }

  /**
   * Opens a file for a model that exists: the model decides of which kind, and where the counts are
   * unless that was asked for.
   *
   * @param input the file or folder
   * @param model whose modalities are read
   * @param say is told, in a sentence each, where counts are that nobody asked for
   * @return the cells, to be closed by the caller
   * @throws InputException when the file cannot be read or is not of that kind
   */
  public CellSource open(Path input, RegularizedModel model, Consumer<String> say) {
    CellFormat format = format(input);
    Map<String, CountSource> counts = places(format, input, model, say);
    return open(format, input, new Selection(model.modalities(), join(), counts, checks));
  }

  /** Takes the model's places where none was asked for and the file has them. */
  private Map<String, CountSource> places(
      CellFormat format, Path input, RegularizedModel model, Consumer<String> say) {
    Map<String, CountSource> places = new HashMap<>(choices.counts().sources(model.modalities()));
    List<String> there = format.modalities(input);
    model
        .input()
        .counts()
        .sources(model.modalities())
        .forEach(
            (modality, source) -> {
              if (there.contains(modality) && !places.containsKey(modality)) {
                boolean held = format.holds(input, modality, source);
                places.put(modality, held ? source : CountSource.x());
                say.accept(words(modality, source.layer().orElseThrow(), held, input));
              }
            });
    return places;
  }

  private static String words(String modality, String layer, boolean held, Path input) {
    String counts = modality.isEmpty() ? "counts" : "counts of " + modality;
    return held
        ? "%s: layer '%s', as in training".formatted(counts, layer)
        : "%s: X, as %s has no layer '%s', which the model was trained on"
            .formatted(counts, input, layer);
  }

  /** Opens files to set a model up with their cells: several as one data set. */
  public CellSource open(Inputs inputs) {
    return inputs.open(this::open);
  }

  /**
   * Opens files for a model that exists: several as one data set.
   *
   * @param say is told, in a sentence each, where counts are that nobody asked for, and how several
   *     files were joined
   */
  public CellSource open(Inputs inputs, RegularizedModel model, Consumer<String> say) {
    SequencedSet<String> told = new LinkedHashSet<>();
    CellSource source = inputs.open(input -> open(input, model, told::add));
    if (inputs.several()) {
      told.addAll(source.notes());
    }
    told.forEach(say);
    return source;
  }

  private CellSource open(CellFormat format, Path input, Selection selection) {
    CellSource source = format.open(input, selection);
    if (cells.isPresent() && source.modalities().equals(Selection.ONE_MODALITY)) {
      source.close();
      throw notOf("cells", input);
    }
    return source;
  }

  /**
   * {@return what is taken of a file, whatever model it is for}
   *
   * @param input the file or folder
   */
  public Selection selection(Path input) {
    return selection(format(input).modalities(input));
  }

  /**
   * {@return what is taken of a file}
   *
   * @param all names of its modalities, which are taken where none is chosen
   */
  public Selection selection(List<String> all) {
    List<String> taken = modalities.isEmpty() ? all : modalities;
    return new Selection(modalities, join(), choices.counts().sources(taken), checks);
  }

  private CellJoin join() {
    return cells.orElse(CellJoin.UNION);
  }

  /** Finds the format, after a damaged file was kept from ending the program. */
  private CellFormat format(Path input) {
    if (!trusted) {
      Formats.requireWhole(input);
    }
    return Formats.of(input);
  }

  /**
   * {@return the mistake of an option for several modalities that comes with a file of one}
   *
   * @param option its name as configuration files have it
   * @param input the file
   */
  public static InputException notOf(String option, Path input) {
    return new InputException(
        "%s is for files of several modalities, such as .h5mu, but %s has only one."
            .formatted(option, input));
  }
}
