package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.input.InputException;

/** Picks the codec for a column by its encoding-type. */
public final class Columns {
  private Columns() {}

  /**
   * Reads a column.
   *
   * @param file the file, or a group of it
   * @param path the path of the column: an array, or a group that says how it is encoded
   * @return its values
   * @throws InputException when it is no column, or damaged
   */
  public static Column read(Hierarchy file, String path) {
    if (file.kind(path) == Hierarchy.Kind.ARRAY) {
      return ArrayCodec.read(file, path);
    }
    String encoding = Encodings.of(file, path);
    return switch (encoding) {
      case Encodings.CATEGORICAL -> CategoricalCodec.read(file, path);
      case Encodings.NULLABLE_INTEGER -> NullableCodec.integers(file, path);
      case Encodings.NULLABLE_BOOLEAN -> NullableCodec.flags(file, path);
      case Encodings.NULLABLE_STRING -> NullableCodec.texts(file, path);
      default ->
          throw new InputException(
              ("%s is stored as '%s'; expected an array, %s, %s, %s or %s.")
                  .formatted(
                      file.where(path),
                      encoding,
                      Encodings.CATEGORICAL,
                      Encodings.NULLABLE_INTEGER,
                      Encodings.NULLABLE_BOOLEAN,
                      Encodings.NULLABLE_STRING));
    };
  }

  /**
   * Writes a column in the encoding that fits it: a nullable one only where an entry is missing.
   */
  static void write(HierarchyOutput out, String path, Column column) {
    switch (column) {
      case Column.Categorical categorical -> CategoricalCodec.write(out, path, categorical);
      case Column.Text(String[] values) -> writeTexts(out, path, values);
      case Column.Numbers(double[] values, boolean whole) -> {
        if (whole) {
          writeWhole(out, path, values);
        } else {
          ArrayCodec.write(out, path, values);
        }
      }
      case Column.Flags(boolean[] values, boolean[] missing) -> {
        if (any(missing)) {
          NullableCodec.write(out, path, values, missing);
        } else {
          ArrayCodec.write(out, path, values);
        }
      }
    }
  }

  private static void writeTexts(HierarchyOutput out, String path, String[] values) {
    boolean[] missing = new boolean[values.length];
    String[] filled = values.clone();
    for (int i = 0; i < values.length; i++) {
      missing[i] = values[i] == null;
      filled[i] = missing[i] ? "" : values[i];
    }
    if (any(missing)) {
      NullableCodec.write(out, path, filled, missing);
    } else {
      ArrayCodec.write(out, path, values);
    }
  }

  private static void writeWhole(HierarchyOutput out, String path, double[] values) {
    boolean[] missing = new boolean[values.length];
    long[] whole = new long[values.length];
    for (int i = 0; i < values.length; i++) {
      missing[i] = Double.isNaN(values[i]);
      whole[i] = (long) values[i];
    }
    if (any(missing)) {
      NullableCodec.write(out, path, whole, missing);
    } else {
      ArrayCodec.write(out, path, whole);
    }
  }

  private static boolean any(boolean[] flags) {
    for (boolean flag : flags) {
      if (flag) {
        return true;
      }
    }
    return false;
  }
}
