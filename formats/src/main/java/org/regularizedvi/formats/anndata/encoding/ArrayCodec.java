package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes columns that are one dataset: encoding-types "array" and "string-array", or none
 * in old files.
 */
final class ArrayCodec {
  private ArrayCodec() {}

  static Column read(Hierarchy file, String path) {
    try (StoredArray dataset = file.array(path)) {
      if (dataset.shape().length != 1) {
        throw new InputException(
            "%s should be a column (one axis), found %d axes."
                .formatted(dataset.where(), dataset.shape().length));
      }
      ElementType type = dataset.type();
      return switch (type.kind()) {
        case INTEGER -> new Column.Numbers(dataset.doubles(), true);
        case FLOAT -> new Column.Numbers(dataset.doubles(), false);
        case BOOLEAN -> flags(dataset.ints());
        case TEXT -> new Column.Text(dataset.strings());
        case COMPOUND, OTHER ->
            throw new InputException(
                "%s should hold numbers, truth values or text, found %s."
                    .formatted(dataset.where(), type.describe()));
      };
    }
  }

  static Column.Flags flags(int[] numbers) {
    return new Column.Flags(truths(numbers), new boolean[numbers.length]);
  }

  static boolean[] truths(int[] numbers) {
    boolean[] truths = new boolean[numbers.length];
    for (int i = 0; i < truths.length; i++) {
      truths[i] = numbers[i] != 0;
    }
    return truths;
  }

  static void write(HierarchyOutput out, String path, double[] values) {
    out.doubles(path, new long[] {values.length}, values, Storage.PLAIN);
    Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
  }

  static void write(HierarchyOutput out, String path, long[] values) {
    out.longs(path, new long[] {values.length}, values, Storage.PLAIN);
    Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
  }

  /** Writes whole numbers that are not negative, as unsigned ones of 32 bits. */
  static void writeUnsigned(HierarchyOutput out, String path, int[] values) {
    out.unsignedInts(path, values, Storage.PLAIN);
    Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
  }

  static void write(HierarchyOutput out, String path, boolean[] values) {
    out.flags(path, new long[] {values.length}, values);
    Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
  }

  static void write(HierarchyOutput out, String path, String[] values) {
    out.texts(path, new long[] {values.length}, values);
    Encodings.mark(out, path, Encodings.STRING_ARRAY, Encodings.V2);
  }
}
