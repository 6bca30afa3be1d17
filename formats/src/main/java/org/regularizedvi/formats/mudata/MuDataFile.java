package org.regularizedvi.formats.mudata;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.AdditionCheck;
import org.regularizedvi.cells.Aligned;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CellTable;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.CountReader;
import org.regularizedvi.cells.CountSource;
import org.regularizedvi.cells.Counts;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SharedCells;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.files.TemporaryFile;
import org.regularizedvi.formats.anndata.AnnDataFile;
import org.regularizedvi.input.InputException;

/**
 * Reads MuData, in an HDF5 file (.h5mu) or a Zarr store: modalities of the same cells, each laid
 * out like an .h5ad. Cells are matched by name; counts and columns come in the order of {@link
 * #obsNames()}, whatever the order in each modality. Names are read at once, what is large when
 * asked for.
 */
public final class MuDataFile implements CellTable, AutoCloseable {
  private final MuDataParts parts;
  private final SequencedMap<String, AnnDataFile> chosen;
  private final SharedCells cells;
  private final int[] sharedRows;
  private final CellColumns columns;

  private MuDataFile(MuDataParts parts, List<String> modalities, CellJoin join) {
    this.parts = parts;
    this.chosen = modalities.isEmpty() ? parts.modalities() : chosen(parts, modalities);
    SequencedMap<String, List<String>> namesOf = new LinkedHashMap<>();
    chosen.forEach((name, modality) -> namesOf.put(name, modality.obsNames()));
    List<String> sharedNames = parts.shared().obsNames();
    this.cells = SharedCells.match(namesOf, sharedNames, join, path().toString());
    this.sharedRows = cells.rowsIn(sharedNames, parts.file().where("obs"));
    this.columns = new CellColumns(parts, chosen, cells, sharedRows);
  }

  private static SequencedMap<String, AnnDataFile> chosen(MuDataParts parts, List<String> names) {
    SequencedMap<String, AnnDataFile> chosen = new LinkedHashMap<>();
    for (String name : names) {
      if (chosen.putIfAbsent(name, parts.modality(name)) != null) {
        throw new InputException("The modality '%s' is named twice.".formatted(name));
      }
    }
    return chosen;
  }

  /**
   * Opens a file with all its modalities and all their cells.
   *
   * @param file the place of the file
   * @return the file, to be closed
   * @throws InputException when it is not MuData of modalities that share cells, or a modality
   *     names a cell twice
   */
  public static MuDataFile open(Path file) {
    return open(file, List.of(), CellJoin.UNION);
  }

  /**
   * Opens a file.
   *
   * @param file the place of the file
   * @param modalities the names of those to take, all where none is named
   * @param join whether cells of any modality are taken, or those of all
   * @return the file, to be closed
   * @throws InputException when it is not MuData of modalities that share cells, there is no such
   *     modality, a modality names a cell twice, or there are no cells of the kind wanted
   */
  public static MuDataFile open(Path file, List<String> modalities, CellJoin join) {
    return open(file, modalities, join, TemporaryFile.systemFolder());
  }

  /**
   * Opens a file.
   *
   * @param file the place of the file
   * @param modalities the names of those to take, all where none is named
   * @param join whether cells of any modality are taken, or those of all
   * @param temporary the folder of temporary files for counts that are stored by columns
   * @return the file, to be closed
   * @throws InputException when it is not MuData of modalities that share cells, there is no such
   *     modality, a modality names a cell twice, or there are no cells of the kind wanted
   */
  public static MuDataFile open(Path file, List<String> modalities, CellJoin join, Path temporary) {
    MuDataParts parts = MuDataParts.open(file, temporary);
    try {
      return new MuDataFile(parts, modalities, join);
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** {@return the file's name} */
  @Override
  public String source() {
    return parts.shared().source();
  }

  /** {@return the place of the file} */
  public Path path() {
    return parts.file().path();
  }

  /** {@return the names of the modalities taken: as they were named, else in the file's order} */
  public List<String> modalities() {
    return List.copyOf(chosen.keySet());
  }

  /**
   * {@return one of all the file's modalities, its cells in its own order; valid while this is
   * open}
   *
   * @param name the name of the modality
   * @throws InputException when there is none of that name, with those there are
   */
  public AnnDataFile modality(String name) {
    return parts.modality(name);
  }

  /**
   * {@return the tables that the modalities share, with cells in their own order; valid while this
   * is open}
   */
  public AnnDataFile shared() {
    return parts.shared();
  }

  /** {@return the cells, with where each modality has them} */
  public SharedCells cells() {
    return cells;
  }

  @Override
  public int nObs() {
    return cells.size();
  }

  /**
   * {@return the names of the cells: in the order of the shared table if it has all of them, else
   * as they first appear in the modalities}
   */
  @Override
  public List<String> obsNames() {
    return cells.names();
  }

  @Override
  public List<String> obsColumns() {
    return shared().obsColumns();
  }

  @Override
  public boolean hasObs(String key) {
    return columns.has(key);
  }

  /**
   * Reads a column of the cells, found by the rules of {@code CellColumns}: {@code sample} in the
   * shared table, else in the modalities' own; {@code rna:sample} in modality rna.
   *
   * @throws InputException when there is none of that name, with where it was looked for, or two
   *     modalities differ about a cell
   */
  @Override
  public Column obs(String key) {
    return columns.read(key);
  }

  @Override
  public Optional<CellTable> ofModality(String name) {
    return Optional.of(new ModalityColumns(obsNames(), modality(name), rowsOf(name)));
  }

  /**
   * Reads a dense matrix that the modalities share, a row for each cell; NaN for one that the
   * shared table lacks.
   *
   * @param key the name of the matrix in obsm
   * @return cells x columns
   * @throws InputException when there is none of that name, or it is not dense
   */
  public FloatMatrix obsm(String key) {
    return Aligned.matrix(shared().obsm(key), sharedRows);
  }

  /**
   * {@return the names of the matrices that the modalities share, sorted; without those that are
   * named as modalities, in which mudata keeps which cells these have}
   */
  public List<String> obsmKeys() {
    return shared().obsmKeys().stream()
        .filter(key -> !parts.modalities().containsKey(key))
        .toList();
  }

  /**
   * Reads the counts of a modality into memory, a row for each cell; the row of a cell that the
   * modality lacks is empty.
   *
   * @param modality the name of the modality, one of those taken
   * @param source where the modality has its counts
   * @param checks which values may pass for counts
   * @return cells x features
   * @throws InputException when there is no such matrix, or a value is no count
   */
  public Counts counts(String modality, CountSource source, CountChecks checks) {
    int[] rows = rowsOf(modality);
    AnnDataFile part = parts.modality(modality).at(source);
    return inFileOrder(rows, part)
        ? part.counts(source, checks).inMemory()
        : part.counts(source, checks).inMemory(rows);
  }

  /**
   * Reads the counts of a modality from the first cell to the last, in bounded memory.
   *
   * @param modality the name of the modality, one of those taken
   * @param source where the modality has its counts
   * @param checks which values may pass for counts
   * @return a reader of cells x features, to be closed
   * @throws InputException when there is no such matrix, or it is damaged
   */
  public CountReader countReader(String modality, CountSource source, CountChecks checks) {
    int[] rows = rowsOf(modality);
    AnnDataFile part = parts.modality(modality).at(source);
    return inFileOrder(rows, part)
        ? part.counts(source, checks).reader()
        : part.counts(source, checks).reader(rows, false);
  }

  /**
   * Reads the counts of some cells in the order given; a cell may come twice. Fastest where their
   * rows ascend.
   *
   * @param modality the name of the modality, one of those taken
   * @param source where the modality has its counts
   * @param checks which values may pass for counts
   * @param chosenCells places among {@link #obsNames()}
   * @return a reader of the chosen cells x features, to be closed
   * @throws InputException when there is no such matrix, or it is damaged
   */
  public CountReader countReader(
      String modality, CountSource source, CountChecks checks, int[] chosenCells) {
    int[] rows = rowsOf(modality);
    int[] chosenRows = Arrays.stream(chosenCells).map(cell -> rows[cell]).toArray();
    return parts.modality(modality).at(source).counts(source, checks).reader(chosenRows, true);
  }

  private int[] rowsOf(String modality) {
    parts.modality(modality);
    if (!chosen.containsKey(modality)) {
      throw new IllegalArgumentException(
          "'%s' is not among the modalities taken, %s".formatted(modality, modalities()));
    }
    return cells.rowsOf().get(modality);
  }

  private static boolean inFileOrder(int[] rows, AnnDataFile part) {
    boolean same = rows.length == part.nObs();
    for (int i = 0; i < rows.length && same; i++) {
      same = rows[i] == i;
    }
    return same;
  }

  /**
   * Arranges what has a row for each of these cells, in their order, for the file's tables, to be
   * written into a copy: rows of cells that are not among them get missing values (NaN in
   * matrices).
   *
   * @param ofCells additions with a row for each cell of {@link #obsNames()}
   * @return additions with a row for each row of the file's tables
   * @throws InputException when the shared table lacks one of the cells
   */
  public TableAdditions arranged(TableAdditions ofCells) {
    AdditionCheck.requireSizes(ofCells.shared(), nObs(), shared().nVars());
    ofCells
        .modalities()
        .forEach((name, own) -> AdditionCheck.requireSizes(own, nObs(), modality(name).nVars()));
    for (int i = 0; i < sharedRows.length && !ofCells.shared().isEmpty(); i++) {
      if (sharedRows[i] < 0) {
        throw new InputException(
            "The shared obs of %s lacks the cell '%s'; expected every cell of its modalities: read and save the file with a current mudata first."
                .formatted(path(), obsNames().get(i)));
      }
    }
    SequencedMap<String, List<Addition>> own = new LinkedHashMap<>();
    ofCells
        .modalities()
        .forEach(
            (name, additions) ->
                own.put(name, arranged(additions, rowsOf(name), modality(name).nObs())));
    return new TableAdditions(arranged(ofCells.shared(), sharedRows, shared().nObs()), own);
  }

  private static List<Addition> arranged(List<Addition> additions, int[] rowOf, int rows) {
    int[] cellOf = new int[rows];
    Arrays.fill(cellOf, -1);
    for (int cell = 0; cell < rowOf.length; cell++) {
      if (rowOf[cell] >= 0) {
        cellOf[rowOf[cell]] = cell;
      }
    }
    return additions.stream().map(addition -> Aligned.addition(addition, cellOf)).toList();
  }

  @Override
  public void close() {
    parts.close();
  }
}
