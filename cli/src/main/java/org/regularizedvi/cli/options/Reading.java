package org.regularizedvi.cli.options;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.regularizedvi.cells.CellChoice;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountPlaces;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FeatureChoice;
import org.regularizedvi.cells.FeatureNames;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.view.CellView;
import org.regularizedvi.cells.view.ChosenCells;
import org.regularizedvi.cells.view.NamedCells;
import org.regularizedvi.cells.view.NotedCells;
import org.regularizedvi.core.data.QueryFeatures;
import org.regularizedvi.files.TemporaryFile;
import org.regularizedvi.formats.CellFormat;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.input.InputException;
import org.regularizedvi.model.MinifiedCells;
import org.regularizedvi.model.RegularizedModel;
import org.regularizedvi.model.Results;

/**
 * Says how a command reads a file of cells: what is taken of it and what may pass for a count.
 *
 * @param choices what was asked for; of a trained model's input the rest is as the model had it
 * @param checks what may pass for a count
 * @param cells which cells of several modalities; empty where nothing was said
 * @param modalities which of several; empty for all, or for those of a model
 * @param trusted whether the file is read without a look whether it is damaged
 * @param tempDir the folder of temporary files; empty where nothing was said
 */
public record Reading(
    InputChoices choices,
    CountChecks checks,
    Optional<CellJoin> cells,
    List<String> modalities,
    boolean trusted,
    Optional<Path> tempDir) {
  /** Keeps a copy of the names. */
  public Reading {
    modalities = List.copyOf(modalities);
  }

  /** {@return a reading of whole numbers in X of a file that is trusted} */
  public static Reading x() {
    return new Reading(
        InputChoices.defaults(),
        CountChecks.INTEGERS,
        Optional.empty(),
        List.of(),
        true,
        Optional.empty());
  }

  /**
   * {@return the same reading of some modalities}
   *
   * @param chosen their names; none for all
   */
  public Reading of(List<String> chosen) {
    return new Reading(choices, checks, cells, chosen, trusted, tempDir);
  }

  /**
   * {@return the same reading, to train on some features}
   *
   * @param features those features
   */
  public Reading with(FeatureChoice features) {
    return new Reading(choices.with(features), checks, cells, modalities, trusted, tempDir);
  }

  /** {@return the same reading of files that somebody has looked through} */
  public Reading trusting() {
    return new Reading(choices, checks, cells, modalities, true, tempDir);
  }

  /**
   * {@return the same reading with temporary files in the folder of an output, unless another
   * folder was asked for}
   *
   * @param output a file or folder that is yet to be written
   */
  public Reading beside(Path output) {
    Path folder = output.toAbsolutePath().normalize().getParent();
    return new Reading(
        choices, checks, cells, modalities, trusted, tempDir.or(() -> Optional.of(folder)));
  }

  /** {@return the folder of temporary files: the system's where nothing was said} */
  public Path temporary() {
    return tempDir.orElseGet(TemporaryFile::systemFolder);
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
    CellSource source = open(format, input, selection(all));
    return closingOnFailure(source, () -> NamedCells.of(source, choices.names()));
  }

  /**
   * Opens a matrix of all droplets of a run, whose features are called as those of the cells are.
   *
   * @param input the file or folder
   * @return the droplets, to be closed by the caller
   * @throws InputException when the file cannot be read
   */
  public CellSource openDroplets(Path input) {
    return new Reading(
            InputChoices.defaults().with(choices.names()),
            checks,
            Optional.empty(),
            List.of(),
            trusted,
            tempDir)
        .open(input);
  }

  private static CellSource closingOnFailure(CellSource source, Supplier<CellSource> shown) {
    try {
      return shown.get();
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  /**
   * Opens a file for a model that exists: the model decides of which kind, and, unless it was asked
   * for, where the counts are and how features are called.
   *
   * @param input the file or folder
   * @param model whose modalities are read
   * @param say is told, in a sentence each, what nobody asked for
   * @return the cells, to be closed by the caller
   * @throws InputException when the file cannot be read or is not of that kind
   */
  private CellSource open(Path input, RegularizedModel model, Consumer<String> say) {
    CellFormat format = format(input);
    Map<String, CountSource> counts = places(format, input, model, say);
    CellSource source =
        open(format, input, new Selection(model.modalities(), join(), counts, checks, temporary()));
    return closingOnFailure(source, () -> named(source, model, say));
  }

  private CellSource named(CellSource source, RegularizedModel model, Consumer<String> say) {
    FeatureNames names = choices.or(model.input()).names();
    Map<String, FeatureTable> tables = new HashMap<>();
    for (String modality : model.modalities()) {
      FeatureTable table = source.features(modality);
      tables.put(
          modality,
          new QueryFeatures(modality, model.features(modality))
              .named(table, there(table, modality, names, say)));
    }
    return new NamedCells(source, names, tables);
  }

  /** Takes what is missing as zero, where that may be, and the cells that are asked for. */
  private CellSource matched(
      CellSource source, RegularizedModel model, Query query, Consumer<String> say) {
    Map<String, FeatureTable> tables = new HashMap<>();
    for (String modality : model.modalities()) {
      tables.put(
          modality,
          new QueryFeatures(modality, model.features(modality))
              .filled(source.features(modality), query.missing(), say));
    }
    CellSource filled = new NamedCells(source, source.choices().names(), tables);
    // Of cells without counts all were chosen already, and counts cannot choose among them.
    CellChoice choice =
        MinifiedCells.in(source) ? choices.cells() : choices.or(model.input()).cells();
    Optional<ChosenCells> some =
        query.allCells() ? Optional.empty() : ChosenCells.of(filled, choice);
    some.map(ChosenCells::words).ifPresent(say);
    return chosen(filled, some);
  }

  private static CellSource chosen(CellSource source, Optional<ChosenCells> some) {
    return some.<CellSource>map(own -> new CellView(source, own, Results.MODELLED)).orElse(source);
  }

  /** Takes the index where nobody asked for the column that named the features in training. */
  private FeatureNames there(
      FeatureTable table, String modality, FeatureNames names, Consumer<String> say) {
    Optional<String> column = names.column(modality);
    if (column.isEmpty()
        || choices.names().column(modality).isPresent()
        || table.varColumns().contains(column.get())) {
      return names;
    }
    say.accept(
        "features: the index, as %s has no column '%s' in var, which named them in training"
            .formatted(table.source(), column.get()));
    return names.byIndex();
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
                say.accept(words(modality, source.words(), held, input));
              }
            });
    return places;
  }

  private static String words(String modality, String place, boolean held, Path input) {
    String counts = modality.isEmpty() ? "counts" : "counts of " + modality;
    return held
        ? "%s: %s, as in training".formatted(counts, place)
        : "%s: X, as %s has no %s, which the model was trained on".formatted(counts, input, place);
  }

  /**
   * Opens files to set a model up with their cells: several as one data set.
   *
   * @param inputs the files
   * @return the cells that were chosen, to be closed by the caller
   * @throws InputException when a file cannot be read, or the files cannot be joined
   */
  public CellSource open(Inputs inputs) {
    CellSource source = inputs.open(inputs.several() ? this::openOneOfSeveral : this::open);
    return closingOnFailure(
        source,
        () -> {
          requireLayer(source);
          return chosen(source, ChosenCells.of(source, choices.cells()));
        });
  }

  /** Opens a file beside others: a layer is of those that have layers. */
  private CellSource openOneOfSeveral(Path input) {
    CellFormat format = format(input);
    return layerOfOthers(format)
        ? new NotedCells(
            withCountsInX().open(input), "counts: X, as %s has no layers".formatted(format.words()))
        : open(input);
  }

  private boolean layerOfOthers(CellFormat format) {
    return format.onlyX() && !choices.counts().equals(CountPlaces.x());
  }

  private Reading withCountsInX() {
    return new Reading(choices.with(CountPlaces.x()), checks, cells, modalities, trusted, tempDir);
  }

  /** Refuses a layer that is of no file. */
  private void requireLayer(CellSource source) {
    if (!choices.counts().equals(CountPlaces.x())
        && source.choices().counts().equals(CountPlaces.x())) {
      throw new InputException(
          "layer is given, but no file of %s has layers; expected an input that has, or no --layer."
              .formatted(source.cells().source()));
    }
  }

  /**
   * Opens files for a model that exists: several as one data set.
   *
   * @param inputs the files
   * @param model whose modalities, features and choices are taken
   * @param query how the files may differ from those of training
   * @param say is told, in a sentence each, what nobody asked for, what is ignored or taken as
   *     zero, and how several files were joined
   * @return the cells with the features of the model, to be closed by the caller
   * @throws InputException when a file cannot be read or is not of the model's kind, or the files
   *     cannot be joined
   */
  public CellSource open(Inputs inputs, RegularizedModel model, Query query, Consumer<String> say) {
    SequencedSet<String> told = new LinkedHashSet<>();
    CellSource source =
        inputs.open(
            input ->
                (inputs.several() && layerOfOthers(format(input)) ? withCountsInX() : this)
                    .open(input, model, told::add));
    if (inputs.several()) {
      told.addAll(source.notes());
    }
    CellSource matched = closingOnFailure(source, () -> matched(source, model, query, told::add));
    told.forEach(say);
    return matched;
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
    return new Selection(modalities, join(), choices.counts().sources(taken), checks, temporary());
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
