package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes columns with a mask of missing entries: encoding-types "nullable-integer",
 * "-boolean" and "-string-array".
 */
final class NullableCodec {
  private NullableCodec() {}

  static Column.Numbers integers(Hierarchy file, String path) {
    double[] values = file.doubles(path + "/values");
    boolean[] missing = mask(file, path, values.length);
    for (int i = 0; i < values.length; i++) {
      if (missing[i]) {
        values[i] = Double.NaN;
      }
    }
    return new Column.Numbers(values, true);
  }

  static Column.Flags flags(Hierarchy file, String path) {
    boolean[] values = ArrayCodec.truths(file.ints(path + "/values"));
    return new Column.Flags(values, mask(file, path, values.length));
  }

  static Column.Text texts(Hierarchy file, String path) {
    String[] values = file.strings(path + "/values");
    boolean[] missing = mask(file, path, values.length);
    for (int i = 0; i < values.length; i++) {
      if (missing[i]) {
        values[i] = null;
      }
    }
    return new Column.Text(values);
  }

  private static boolean[] mask(Hierarchy file, String path, int expected) {
    boolean[] mask = ArrayCodec.truths(file.ints(path + "/mask"));
    if (mask.length != expected) {
      throw new InputException(
          "%s has %d values but %d marks of missing ones: the file is damaged."
              .formatted(file.where(path), expected, mask.length));
    }
    return mask;
  }

  static void write(HierarchyOutput out, String path, long[] values, boolean[] missing) {
    Encodings.group(out, path, Encodings.NULLABLE_INTEGER, Encodings.V1);
    ArrayCodec.write(out, path + "/values", values);
    ArrayCodec.write(out, path + "/mask", missing);
  }

  static void write(HierarchyOutput out, String path, boolean[] values, boolean[] missing) {
    Encodings.group(out, path, Encodings.NULLABLE_BOOLEAN, Encodings.V1);
    ArrayCodec.write(out, path + "/values", values);
    ArrayCodec.write(out, path + "/mask", missing);
  }

  static void write(HierarchyOutput out, String path, String[] values, boolean[] missing) {
    Encodings.group(out, path, Encodings.NULLABLE_STRING, Encodings.V1);
    ArrayCodec.write(out, path + "/values", values);
    ArrayCodec.write(out, path + "/mask", missing);
  }
}
