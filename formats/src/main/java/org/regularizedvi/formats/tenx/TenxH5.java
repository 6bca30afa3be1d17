package org.regularizedvi.formats.tenx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.regularizedvi.cells.CellJoin;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.CountChecks;
import org.regularizedvi.cells.RowBlocks;
import org.regularizedvi.cells.SharedCells;
import org.regularizedvi.formats.anndata.encoding.CountMatrices;
import org.regularizedvi.formats.anndata.encoding.PlacedRows;
import org.regularizedvi.formats.anndata.encoding.StoredRows;
import org.regularizedvi.formats.hdf5.H5File;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.input.InputException;

/**
 * Reads an open .h5 file of Cell Ranger: since version 3 one group, {@code matrix}, before that a
 * group for each genome, whose features stand side by side here.
 */
final class TenxH5 implements TenxMatrix {
  private static final String MATRIX = "matrix";

  private final H5File file;
  private final List<Group> groups;
  private final SharedCells cells;

  /** Gives one matrix of the file, stored by cell: csr of cells x features. */
  private record Group(String path, TenxCellTable cells, TenxFeatures features) {}

  private TenxH5(H5File file) {
    this.file = file;
    List<String> paths = groups(file);
    if (paths.isEmpty()) {
      throw new InputException(
          "%s holds no 10x matrix: expected a group 'matrix' or one for each genome, with barcodes and indptr, as filtered_feature_bc_matrix.h5 has (molecule_info.h5 and others have not)."
              .formatted(file.path()));
    }
    this.groups = paths.stream().map(this::group).toList();
    SequencedMap<String, List<String>> namesOf = new LinkedHashMap<>();
    groups.forEach(group -> namesOf.put(group.path(), group.cells().obsNames()));
    this.cells = SharedCells.match(namesOf, List.of(), CellJoin.UNION, file.path().toString());
  }

  /**
   * Opens a file.
   *
   * @throws InputException when it is no HDF5 file, holds no 10x matrix, or parts of it do not fit
   *     together
   */
  static TenxH5 open(Path path) {
    H5File file = H5File.open(path);
    try {
      return new TenxH5(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** {@return the groups of a file that hold a 10x matrix, sorted} */
  static List<String> groups(H5File file) {
    if (file.exists(MATRIX + "/barcodes") && file.exists(MATRIX + "/indptr")) {
      return List.of(MATRIX);
    }
    return file.children("/").stream()
        .filter(name -> file.kind(name) == Hierarchy.Kind.GROUP)
        .filter(
            name ->
                file.exists(name + "/barcodes")
                    && file.exists(name + "/genes")
                    && file.exists(name + "/indptr"))
        .toList();
  }

  private Group group(String path) {
    TenxFeatures features = path.equals(MATRIX) ? features(path) : genes(path);
    List<String> barcodes = texts(path + "/barcodes");
    long[] shape = file.longs(path + "/shape");
    if (!Arrays.equals(shape, new long[] {features.size(), barcodes.size()})) {
      throw new InputException(
          "%s should have the shape %d features x %d barcodes, found %s."
              .formatted(
                  file.where(path), features.size(), barcodes.size(), Arrays.toString(shape)));
    }
    return new Group(path, new TenxCellTable(file.where(path), barcodes), features);
  }

  /** Reads the features of Cell Ranger 3 and later. */
  private TenxFeatures features(String path) {
    String at = path + "/features/";
    SequencedMap<String, List<String>> columns = new LinkedHashMap<>();
    columns.put(TenxFeatures.IDS, texts(at + "id"));
    columns.put(TenxFeatures.TYPES, texts(at + "feature_type"));
    for (String name : List.of(TenxFeatures.GENOME, TenxFeatures.INTERVAL)) {
      if (file.exists(at + name)) {
        columns.put(name, texts(at + name));
      }
    }
    return table(path, texts(at + "name"), columns);
  }

  /** Reads the features of Cell Ranger 2, where the group has the name of the genome. */
  private TenxFeatures genes(String path) {
    SequencedMap<String, List<String>> columns = new LinkedHashMap<>();
    List<String> names = texts(path + "/gene_names");
    columns.put(TenxFeatures.IDS, texts(path + "/genes"));
    columns.put(TenxFeatures.GENOME, Collections.nCopies(names.size(), path));
    return table(path, names, columns);
  }

  private TenxFeatures table(
      String path, List<String> names, SequencedMap<String, List<String>> columns) {
    columns.forEach(
        (column, values) -> {
          if (values.size() != names.size()) {
            throw new InputException(
                "%s has %,d names of features, but %,d entries of %s; expected as many."
                    .formatted(file.where(path), names.size(), values.size(), column));
          }
        });
    return new TenxFeatures(names, columns);
  }

  private List<String> texts(String dataset) {
    return List.of(file.strings(dataset));
  }

  List<String> barcodes() {
    return cells.names();
  }

  /** {@return the features of all groups, one group's after another's} */
  TenxFeatures features() {
    List<String> names = new ArrayList<>();
    SequencedMap<String, List<String>> columns = new LinkedHashMap<>();
    for (Group group : groups) {
      names.addAll(group.features().names());
      group
          .features()
          .columns()
          .forEach(
              (name, values) ->
                  columns.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values));
    }
    return new TenxFeatures(names, columns);
  }

  @Override
  public String where() {
    return groups.size() == 1 ? file.where(groups.getFirst().path()) : file.path().toString();
  }

  @Override
  public RowBlocks blocks(CountCheck check, Optional<Path> temporary) {
    if (groups.size() == 1) {
      return stored(groups.getFirst(), check);
    }
    List<RowBlocks> parts = new ArrayList<>();
    for (Group group : groups) {
      int[] rowOf = cells.rowsOf().get(group.path());
      parts.add(new PlacedRows(stored(group, check(group)), rowOf));
    }
    return new SideBySide(parts, check);
  }

  private StoredRows stored(Group group, CountCheck check) {
    return CountMatrices.csr(
        file, group.path(), group.cells().nObs(), group.features().size(), check);
  }

  /** Makes a check that names the rows and columns of one group; fractions are left to another. */
  private CountCheck check(Group group) {
    return new CountCheck(
        file.where(group.path()),
        TenxCells.OTHER_COUNTS,
        () -> "",
        group.cells().obsNames()::get,
        group.features().names()::get,
        CountChecks.ALLOW_NON_INTEGER,
        true);
  }

  @Override
  public void close() {
    file.close();
  }
}
