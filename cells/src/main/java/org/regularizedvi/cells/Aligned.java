package org.regularizedvi.cells;

import java.util.Arrays;
import java.util.List;
import org.regularizedvi.input.InputException;

/** Brings values with a row for each cell of one table into the order of another table. */
public final class Aligned {
  private Aligned() {}

  /**
   * {@return a column's entries in the order given}
   *
   * @param column an entry for each row
   * @param rowOf the row of each new entry; a row may come twice, and -1 makes a missing entry
   */
  public static Column column(Column column, int[] rowOf) {
    return switch (column) {
      case Column.Categorical(int[] codes, List<String> categories, boolean ordered) ->
          new Column.Categorical(
              Arrays.stream(rowOf).map(row -> row < 0 ? -1 : codes[row]).toArray(),
              categories,
              ordered);
      case Column.Text(String[] values) ->
          new Column.Text(
              Arrays.stream(rowOf)
                  .mapToObj(row -> row < 0 ? null : values[row])
                  .toArray(String[]::new));
      case Column.Numbers(double[] values, boolean whole) ->
          new Column.Numbers(
              Arrays.stream(rowOf).mapToDouble(row -> row < 0 ? Double.NaN : values[row]).toArray(),
              whole);
      case Column.Flags flags -> flags(flags, rowOf);
    };
  }

  private static Column flags(Column.Flags flags, int[] rowOf) {
    boolean[] values = new boolean[rowOf.length];
    boolean[] missing = new boolean[rowOf.length];
    for (int i = 0; i < rowOf.length; i++) {
      missing[i] = rowOf[i] < 0 || flags.missing()[rowOf[i]];
      values[i] = !missing[i] && flags.values()[rowOf[i]];
    }
    return new Column.Flags(values, missing);
  }

  /**
   * {@return a matrix's rows in the order given}
   *
   * @param matrix a row for each cell
   * @param rowOf the row of each new row; a row may come twice, and -1 makes a row of NaN
   * @throws InputException when the heap cannot hold so many values
   */
  public static FloatMatrix matrix(FloatMatrix matrix, int[] rowOf) {
    int width = matrix.columns();
    FloatMatrix aligned = FloatMatrix.zeros("A matrix", rowOf.length, width);
    float[] row = new float[width];
    float[] missing = new float[width];
    Arrays.fill(missing, Float.NaN);
    for (int i = 0; i < rowOf.length; i++) {
      if (rowOf[i] >= 0) {
        matrix.get(rowOf[i], row, 0);
      }
      aligned.put(i, rowOf[i] < 0 ? missing : row, 0, 1);
    }
    return aligned;
  }

  /** Returns rows and columns in the order given; -1 makes an empty row and column. */
  static SparseRows pairs(SparseRows pairs, int[] rowOf) {
    SparseRows picked = pairs.pick(rowOf);
    if (picked == pairs) {
      return pairs;
    }
    int[] placeOf = new int[pairs.columns()];
    Arrays.fill(placeOf, -1);
    for (int i = 0; i < rowOf.length; i++) {
      if (rowOf[i] >= 0) {
        placeOf[rowOf[i]] = i;
      }
    }
    int[] starts = new int[rowOf.length + 1];
    int[] indices = new int[picked.nonzeros()];
    float[] values = new float[indices.length];
    int n = 0;
    for (int i = 0; i < rowOf.length; i++) {
      for (int e = picked.indptr()[i]; e < picked.indptr()[i + 1]; e++) {
        int place = placeOf[picked.indices()[e]];
        if (place >= 0) {
          indices[n] = place;
          values[n++] = picked.values()[e];
        }
      }
      starts[i + 1] = n;
    }
    return new SparseRows(
        rowOf.length, starts, Arrays.copyOf(indices, n), Arrays.copyOf(values, n));
  }

  /**
   * {@return an addition with its cells in the order given; features are left as they are}
   *
   * @param addition the addition
   * @param rowOf the row of each new row, -1 for one that is missing
   */
  public static Addition addition(Addition addition, int[] rowOf) {
    return switch (addition) {
      case Addition.ObsColumn(String name, Column values) ->
          new Addition.ObsColumn(name, column(values, rowOf));
      case Addition.Obsm(String name, FloatMatrix values) ->
          new Addition.Obsm(name, matrix(values, rowOf));
      case Addition.Obsp(String name, SparseRows values) ->
          new Addition.Obsp(name, pairs(values, rowOf));
      case Addition.OfLayer(String name, Layer values) ->
          new Addition.OfLayer(name, values.arranged(rowOf));
      case Addition.OfRaw(Addition own) -> new Addition.OfRaw(addition(own, rowOf));
      case Addition.VarColumn _, Addition.Varm _, Addition.Uns _ -> addition;
    };
  }
}
