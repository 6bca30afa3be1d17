package org.regularizedvi.formats.anndata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionCheck;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.FeatureTable;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.Layer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.Tree;
import org.regularizedvi.files.TemporaryFile;
import org.regularizedvi.formats.anndata.encoding.Additions;
import org.regularizedvi.formats.anndata.encoding.CsrCodec;
import org.regularizedvi.formats.anndata.encoding.DenseCodec;
import org.regularizedvi.formats.anndata.encoding.LayerCodec;
import org.regularizedvi.formats.anndata.encoding.Modalities;
import org.regularizedvi.formats.anndata.encoding.Table;
import org.regularizedvi.formats.anndata.encoding.TreeCodec;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;
import org.regularizedvi.input.Nearest;

/**
 * Reads an AnnData file, or what is laid out like one in a MuData file; what is large is read when
 * asked for.
 */
public final class AnnDataFile implements CellTable, FeatureTable, AutoCloseable {
  private final Hierarchy file;

  /** Has X, var and varm: the file, or the raw of it. */
  private final Hierarchy features;

  private final Optional<String> modality;
  private final Path temporary;
  private final Table obs;
  private final Table var;
  private Optional<AnnDataFile> raw = Optional.empty();
  private Optional<List<String>> obsNames = Optional.empty();
  private Optional<List<String>> varNames = Optional.empty();

  /**
   * Looks at a file or a group of one.
   *
   * @param modality its name, empty for a whole file
   * @param temporary the folder of temporary files
   */
  private AnnDataFile(Hierarchy file, Optional<String> modality, Path temporary) {
    this(file, file, modality, temporary);
  }

  private AnnDataFile(
      Hierarchy file, Hierarchy features, Optional<String> modality, Path temporary) {
    this.file = file;
    this.features = features;
    this.modality = modality;
    this.temporary = temporary;
    this.obs = Table.open(file, "obs");
    this.var = Table.open(features, "var");
  }

  /**
   * Opens a file.
   *
   * @param file the place of the file
   * @return the file, to be closed
   * @throws InputException when it is missing, a folder, unreadable, truncated, or not AnnData
   */
  public static AnnDataFile open(Path file) {
    return open(file, TemporaryFile.systemFolder());
  }

  /**
   * Opens a file.
   *
   * @param file the place of the file
   * @param temporary the folder of temporary files for counts that are stored by columns
   * @return the file, to be closed
   * @throws InputException when it is missing, a folder, unreadable, truncated, or not AnnData
   */
  public static AnnDataFile open(Path file, Path temporary) {
    Hierarchy opened = Containers.open(file);
    try {
      Modalities.requireNone(opened);
      return new AnnDataFile(opened, Optional.empty(), temporary);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /**
   * {@return what all modalities of a MuData file share: tables and annotations, no counts}
   *
   * @param mudata the whole file, which stays open while this is used
   */
  public static AnnDataFile shared(Hierarchy mudata) {
    return new AnnDataFile(mudata.within("/"), Optional.empty(), TemporaryFile.systemFolder());
  }

  /**
   * {@return a modality of a MuData file}
   *
   * @param mudata the whole file, which stays open while this is used
   * @param name the name of the modality
   * @param temporary the folder of temporary files for counts that are stored by columns
   * @throws InputException when it is not laid out like an .h5ad
   */
  public static AnnDataFile modality(Hierarchy mudata, String name, Path temporary) {
    return new AnnDataFile(mudata.within(Modalities.path(name)), Optional.of(name), temporary);
  }

  /**
   * {@return what has the features of counts at a place: the raw of this for those in raw, else
   * this}
   *
   * @param source where the counts are
   */
  public synchronized AnnDataFile at(CountSource source) {
    if (!source.equals(CountSource.raw()) || !places().raw()) {
      return this;
    }
    if (raw.isEmpty()) {
      raw = Optional.of(new AnnDataFile(file, file.within(StoredPlaces.RAW), modality, temporary));
    }
    return raw.get();
  }

  /** Tells whether this is the raw of a file, which has features of its own. */
  boolean isRaw() {
    return features != file;
  }

  /** {@return the file's name, and the modality's} */
  @Override
  public String source() {
    return path().getFileName()
        + modality.map(", modality '%s'"::formatted).orElse("")
        + (isRaw() ? ", raw" : "");
  }

  /** {@return the folder of temporary files for counts that are stored by columns} */
  Path temporary() {
    return temporary;
  }

  /** {@return the file or modality, for a message} */
  String where() {
    return modality.isPresent() || isRaw() ? features.where("/") : path().toString();
  }

  /** {@return the place of the file} */
  public Path path() {
    return file.path();
  }

  /** {@return the number of cells} */
  @Override
  public int nObs() {
    return obs.rows();
  }

  /** {@return the number of features} */
  public int nVars() {
    return var.rows();
  }

  /** {@return the names of the cells, read when one is asked for} */
  @Override
  public synchronized List<String> obsNames() {
    if (obsNames.isEmpty()) {
      obsNames = Optional.of(new StoredNames(obs));
    }
    return obsNames.get();
  }

  /** {@return the names of the features, read on the first call} */
  @Override
  public synchronized List<String> varNames() {
    if (varNames.isEmpty()) {
      varNames = Optional.of(var.index());
    }
    return varNames.get();
  }

  @Override
  public void requireUniqueVarNames() {
    FeatureTable.requireUnique(varNames(), where());
  }

  @Override
  public List<String> obsColumns() {
    return obs.columns();
  }

  /**
   * Reads a column of the table of cells.
   *
   * @throws InputException when there is none of that name, with the nearest names
   */
  @Override
  public Column obs(String key) {
    return column(obs, "obs", key);
  }

  @Override
  public List<String> varColumns() {
    return var.columns();
  }

  /**
   * Reads a column of the table of features.
   *
   * @throws InputException when there is none of that name, with the nearest names
   */
  @Override
  public Column var(String key) {
    return column(var, "var", key);
  }

  private Column column(Table table, String name, String key) {
    if (!table.columns().contains(key)) {
      throw new InputException(
          "%s has no column '%s' in %s; %s."
              .formatted(where(), key, name, Nearest.words(key, table.columns())));
    }
    return table.column(key);
  }

  /** {@return the names of the layers, sorted} */
  public List<String> layers() {
    return isRaw() ? List.of() : keys(file, "layers");
  }

  /**
   * {@return the counts at a place, not looked at yet}
   *
   * @param source where the counts are: X, or a layer
   * @param checks which values may pass for counts
   */
  public StoredCounts counts(CountSource source, CountChecks checks) {
    return new StoredCounts(this, features, source, checks);
  }

  /** {@return how a user chooses a place of counts, with a blank or = at the end} */
  String layerOption() {
    return "--layer " + modality.map(name -> name + "=").orElse("");
  }

  /** {@return the places of this file where counts can be} */
  StoredPlaces places() {
    return new StoredPlaces(file);
  }

  /**
   * {@return whether there is a matrix at a place where counts can be}
   *
   * @param source the place
   */
  public boolean holds(CountSource source) {
    return source.layer().map(places().besidesX()::contains).orElse(file.exists("X"));
  }

  /** {@return whether a layer has these values, to the bit} */
  boolean holdsLayer(String name, Layer values) {
    return layers().contains(name) && LayerCodec.holds(file, "layers/" + name, values);
  }

  /** {@return whether a matrix of the cells has these values, to the bit} */
  boolean holdsObsm(String name, Layer values) {
    return obsmKeys().contains(name) && LayerCodec.holds(file, "obsm/" + name, values);
  }

  /** {@return the names of the matrices in obsm, sorted} */
  public List<String> obsmKeys() {
    return keys(file, "obsm");
  }

  /**
   * Reads a dense matrix of the cells.
   *
   * @param key the name of the matrix in obsm
   * @return cells x columns
   * @throws InputException when there is none of that name, or it is not dense
   */
  public FloatMatrix obsm(String key) {
    return matrix(file, "obsm", key, nObs());
  }

  /**
   * Reads a dense matrix of the features.
   *
   * @param key the name of the matrix in varm
   * @return features x columns
   * @throws InputException when there is none of that name, or it is not dense
   */
  public FloatMatrix varm(String key) {
    return matrix(features, "varm", key, nVars());
  }

  private FloatMatrix matrix(Hierarchy in, String group, String key, int rows) {
    requireKey(in, group, key);
    return DenseCodec.read(in, group + "/" + key, rows);
  }

  /**
   * Reads a sparse matrix of cells x cells, its entries in the order stored.
   *
   * @param key the name of the matrix in obsp
   * @return cells x cells
   * @throws InputException when there is none of that name, or it is not stored by rows
   */
  public SparseRows obsp(String key) {
    requireKey(file, "obsp", key);
    return CsrCodec.read(file, "obsp/" + key, nObs());
  }

  private void requireKey(Hierarchy in, String group, String key) {
    List<String> keys = keys(in, group);
    if (!keys.contains(key)) {
      throw new InputException(
          "%s has no '%s' in %s; %s.".formatted(where(), key, group, Nearest.words(key, keys)));
    }
  }

  /**
   * Reads an unstructured annotation.
   *
   * @param key the name of the annotation in uns
   * @return its value; empty where there is none of that name
   * @throws InputException when it holds what {@link Tree} has no form for
   */
  public Optional<Tree> uns(String key) {
    return keys(file, "uns").contains(key)
        ? Optional.of(TreeCodec.read(file, "uns/" + key))
        : Optional.empty();
  }

  /**
   * Checks that additions have the right sizes and this file can take them.
   *
   * @param additions what is to be written into a copy of the file
   * @throws InputException when the file is too old for one, or a name cannot be used
   */
  public void requireRoomFor(List<Addition> additions) {
    AdditionCheck.requireSizes(additions, nObs(), nVars());
    Additions.requirePossible(file, additions);
  }

  private static List<String> keys(Hierarchy in, String group) {
    return in.kind(group) == Hierarchy.Kind.GROUP ? in.children(group) : List.of();
  }

  @Override
  public void close() {
    file.close();
  }
}
