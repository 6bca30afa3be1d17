package org.regularizedvi.formats.mudata;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.regularizedvi.cells.Addition;
import org.regularizedvi.cells.Column;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.cells.TableAdditions;
import org.regularizedvi.cells.Tree;

/** Tells check_mudata.py what a .h5mu should hold. */
public final class MuDataTelling {
  private final Map<String, Map<String, Object>> told = new LinkedHashMap<>();

  MuDataTelling() {
    List.of("columns", "matrices", "uns", "names", "maps")
        .forEach(kind -> told.put(kind, new LinkedHashMap<>()));
  }

  MuDataTelling additions(TableAdditions additions) {
    additions.shared().forEach(addition -> tell("", addition));
    additions
        .modalities()
        .forEach((name, own) -> own.forEach(addition -> tell("mod/" + name + "/", addition)));
    return this;
  }

  MuDataTelling names(String path, List<String> names) {
    told.get("names").put(path, names);
    return this;
  }

  MuDataTelling map(String path, Object values) {
    told.get("maps").put(path, values);
    return this;
  }

  MuDataTelling matrix(String path, float[][] rows) {
    told.get("matrices").put(path, rows);
    return this;
  }

  Path write(Path file, List<String> modalities) {
    Map<String, Object> all = new LinkedHashMap<>(told);
    all.put("modalities", modalities);
    try {
      new ObjectMapper().writeValue(file.toFile(), all);
    } catch (IOException e) {
      throw new AssertionError("Writing " + file, e);
    }
    return file;
  }

  private void tell(String at, Addition addition) {
    switch (addition) {
      case Addition.ObsColumn(String name, Column values) ->
          told.get("columns").put(at + "obs/" + name, column(values));
      case Addition.VarColumn(String name, Column values) ->
          told.get("columns").put(at + "var/" + name, column(values));
      case Addition.Obsm(String name, FloatMatrix values) ->
          told.get("matrices").put(at + "obsm/" + name, rows(values));
      case Addition.Varm(String name, FloatMatrix values) ->
          told.get("matrices").put(at + "varm/" + name, rows(values));
      case Addition.Obsp(String name, SparseRows values) ->
          told.get("matrices").put(at + "obsp/" + name, dense(values));
      case Addition.OfLayer(String name, _) ->
          throw new IllegalArgumentException("layer '%s' cannot be told".formatted(name));
      case Addition.OfRaw _ -> throw new IllegalArgumentException(addition.name());
      case Addition.Uns(String name, Tree value) ->
          told.get("uns").put(at + "uns/" + name, ((Tree.Text) value).value());
    }
  }

  private static Map<String, Object> column(Column column) {
    return switch (column) {
      case Column.Categorical(int[] codes, List<String> categories, _) ->
          Map.of(
              "dtype",
              "category",
              "values",
              Arrays.stream(codes).mapToObj(c -> c < 0 ? null : categories.get(c)).toArray());
      // mudata turns text with gaps into another type in the shared table alone.
      case Column.Text(String[] values) ->
          Arrays.stream(values).allMatch(v -> v != null)
              ? Map.of("dtype", "object", "values", values)
              : Map.of("values", values);
      case Column.Numbers(double[] values, boolean whole) -> {
        boolean gaps = Arrays.stream(values).anyMatch(Double::isNaN);
        yield Map.of(
            "dtype",
            whole ? gaps ? "Int64" : "int64" : "float64",
            "values",
            Arrays.stream(values).mapToObj(v -> Double.isNaN(v) ? null : v).toArray());
      }
      case Column.Flags(boolean[] values, boolean[] missing) ->
          Map.of(
              "dtype",
              "boolean",
              "values",
              IntStream.range(0, values.length)
                  .mapToObj(i -> missing[i] ? null : values[i])
                  .toArray());
    };
  }

  public static float[][] dense(SparseRows sparse) {
    float[][] dense = new float[sparse.rows()][sparse.columns()];
    for (int r = 0; r < sparse.rows(); r++) {
      for (int i = sparse.indptr()[r]; i < sparse.indptr()[r + 1]; i++) {
        dense[r][sparse.indices()[i]] = sparse.values()[i];
      }
    }
    return dense;
  }

  private static List<List<Float>> rows(FloatMatrix matrix) {
    List<List<Float>> rows = new ArrayList<>();
    for (int r = 0; r < matrix.rows(); r++) {
      List<Float> row = new ArrayList<>();
      for (int c = 0; c < matrix.columns(); c++) {
        row.add(Float.isNaN(matrix.at(r, c)) ? null : matrix.at(r, c));
      }
      rows.add(row);
    }
    return rows;
  }
}
