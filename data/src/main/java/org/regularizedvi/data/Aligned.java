package org.regularizedvi.data;

import java.util.Arrays;
import java.util.List;

/** Brings what has a row for each cell of one table into the order of another. */
final class Aligned {
  private Aligned() {}

  /**
   * Returns the rows in the order given.
   *
   * @param rowOf may hold a row twice; -1 makes a missing entry
   */
  static Column column(Column column, int[] rowOf) {
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

  /** Returns the rows in the order given; -1 makes a row of NaN. */
  static FloatMatrix matrix(FloatMatrix matrix, int[] rowOf) {
    int width = matrix.columns();
    float[] values = new float[Math.multiplyExact(rowOf.length, width)];
    for (int i = 0; i < rowOf.length; i++) {
      if (rowOf[i] < 0) {
        Arrays.fill(values, i * width, (i + 1) * width, Float.NaN);
      } else {
        System.arraycopy(matrix.values(), rowOf[i] * width, values, i * width, width);
      }
    }
    return new FloatMatrix(rowOf.length, width, values);
  }

  /** Returns an addition with its cells in the order given; features are left as they are. */
  static Addition addition(Addition addition, int[] rowOf) {
    return switch (addition) {
      case Addition.ObsColumn(String name, Column values) ->
          new Addition.ObsColumn(name, column(values, rowOf));
      case Addition.Obsm(String name, FloatMatrix values) ->
          new Addition.Obsm(name, matrix(values, rowOf));
      case Addition.OfLayer(String name, Layer values) ->
          new Addition.OfLayer(name, values.arranged(rowOf));
      case Addition.VarColumn _, Addition.Varm _, Addition.Uns _ -> addition;
    };
  }
}
