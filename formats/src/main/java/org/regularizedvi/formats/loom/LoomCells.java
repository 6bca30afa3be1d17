package org.regularizedvi.formats.loom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.CellSource;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountPlaces;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.CountsInMemory;
import org.regularizedvi.cells.Destination;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.InputChoices;
import org.regularizedvi.cells.NewCells;
import org.regularizedvi.cells.Selection;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.IfExists;
import org.regularizedvi.formats.Formats;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/** Gives the cells of a loom file, whose only modality has the name "". */
final class LoomCells implements CellSource {
  static final String MATRIX = "matrix";
  static final String FEATURES = "row_attrs";
  static final String CELLS = "col_attrs";
  static final String LAYERS = "layers";

  /** Attributes with the names of features, as loompy, scanpy and others call them. */
  private static final List<String> FEATURE_NAMES = List.of("Gene", "Accession", "var_names");

  private static final List<String> CELL_NAMES = List.of("CellID", "obs_names");

  private final H5File file;
  private final LoomTable cells;
  private final LoomTable features;
  private final Selection selection;
  private final CountSource source;

  /**
   * Looks at an open file; closing this closes it.
   *
   * @throws InputException when its parts do not fit together, or it has not what is selected
   */
  LoomCells(H5File file, Selection selection) {
    this.file = file;
    this.selection = selection;
    this.source = selection.countsOf("");
    long[] shape = file.shape(MATRIX);
    if (shape.length != 2 || Math.max(shape[0], shape[1]) > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "%s should be a matrix of at most 2^31 features x cells.".formatted(file.where(MATRIX)));
    }
    this.features = LoomTable.open(file, FEATURES, FEATURE_NAMES, shape[0]);
    this.cells = LoomTable.open(file, CELLS, CELL_NAMES, shape[1]);
    CellTable.requireUnique("name", cells.names(), file.path().toString());
    selection.modalities().forEach(this::features);
    source.layer().filter(name -> !layers().contains(name)).ifPresent(this::refuseLayer);
  }

  private void refuseLayer(String name) {
    throw new InputException(
        "%s has no layer '%s'; %s.".formatted(file.path(), name, Nearest.words(name, layers())));
  }

  private List<String> layers() {
    return file.kind(LAYERS) == Hierarchy.Kind.GROUP ? file.children(LAYERS) : List.of();
  }

  private String location() {
    return source.layer().map(name -> LAYERS + "/" + name).orElse(MATRIX);
  }

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
    return cells;
  }

  @Override
  public FloatMatrix obsm(String key) {
    if (!hasObsm(key)) {
      throw new InputException(
          "%s has no '%s' in obsm; %s."
              .formatted(file.path(), key, Nearest.words(key, cells.matrices())));
    }
    return cells.matrix(key);
  }

  @Override
  public List<String> obsmKeys() {
    return cells.matrices().stream().sorted().toList();
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
  public FeatureTable features(String modality) {
    if (!modality.isEmpty()) {
      throw new InputException(
          "%s is a loom file, which has one modality without a name; expected the modality '%s'."
              .formatted(file.path(), modality));
    }
    return features;
  }

  @Override
  public Counts counts(String modality) {
    features(modality);
    CountCheck check = check(false);
    return CountsInMemory.read(blocks(check), check, file.where(location()));
  }

  @Override
  public CountReader countReader(String modality) {
    features(modality);
    CountCheck check = check(true);
    return new CountReader(blocks(check), check, false);
  }

  private CountCheck check(boolean atOnce) {
    return new CountCheck(
        file.where(location()),
        "--layer LAYER (layers: %s)"
            .formatted(layers().isEmpty() ? "none" : String.join(", ", layers())),
        () -> "",
        cells.names()::get,
        features.names()::get,
        selection.checks(),
        atOnce);
  }

  private LoomBlocks blocks(CountCheck check) {
    StoredArray data = file.array(location());
    long[] shape = data.shape();
    if (shape.length != 2
        || shape[0] != features.names().size()
        || shape[1] != cells.names().size()
        || !data.type().numeric()) {
      data.close();
      throw new InputException(
          "%s should be a matrix of numbers, %,d features x %,d cells."
              .formatted(file.where(location()), features.names().size(), cells.names().size()));
    }
    return new LoomBlocks(data, check);
  }

  @Override
  public void requireWritable(Destination to, IfExists ifExists) {
    Formats.requireOutput(file.path(), to.ofOnly(file.path()), ifExists);
  }

  /** Writes the counts and all attributes into a file of another format: this one is only read. */
  @Override
  public void write(Destination to, TableAdditions additions, IfExists ifExists) {
    requireWritable(to, ifExists);
    List<Addition> all = new ArrayList<>();
    cells.columns().forEach(name -> all.add(new Addition.ObsColumn(name, cells.obs(name))));
    features.columns().forEach(name -> all.add(new Addition.VarColumn(name, features.var(name))));
    cells.matrices().forEach(name -> all.add(new Addition.Obsm(name, cells.matrix(name))));
    features.matrices().forEach(name -> all.add(new Addition.Varm(name, features.matrix(name))));
    all.addAll(additions.shared());
    Formats.write(
        to.ofOnly(file.path()),
        NewCells.ofOne(counts(""), cells.names(), features.names(), all),
        ifExists);
  }

  @Override
  public void close() {
    file.close();
  }
}
