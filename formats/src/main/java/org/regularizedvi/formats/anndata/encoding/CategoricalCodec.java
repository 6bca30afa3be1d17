package org.regularizedvi.formats.anndata.encoding;

import java.util.List;
import org.regularizedvi.cells.Column;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes columns of categories: encoding-type "categorical" (a group of codes and
 * categories), or in files of anndata 0.7 a dataset of codes with its categories under {@code
 * __categories}.
 */
final class CategoricalCodec {
  static final String OLD_CATEGORIES = "__categories";

  private CategoricalCodec() {}

  static Column.Categorical read(Hierarchy file, String path) {
    return read(file, path + "/codes", path + "/categories", ordered(file, path));
  }

  /** Reads the layout of anndata 0.7. */
  static Column.Categorical readOld(Hierarchy file, String codes, String categories) {
    return read(file, codes, categories, ordered(file, categories));
  }

  private static boolean ordered(Hierarchy file, String path) {
    if (!file.hasAttribute(path, "ordered")) {
      return false;
    }
    double value = file.attributeNumber(path, "ordered");
    if (value != 0 && value != 1) {
      throw new InputException(
          "%s has 'ordered' = %s; expected a truth value: the file is damaged."
              .formatted(file.where(path), value));
    }
    return value == 1;
  }

  private static Column.Categorical read(
      Hierarchy file, String codes, String categories, boolean ordered) {
    // A link may make a column its own categories, which would be read without end.
    if (Encodings.of(file, categories).equals(Encodings.CATEGORICAL)) {
      throw new InputException(
          "%s is stored as '%s'; expected the names of categories, numbers or truth values."
              .formatted(file.where(categories), Encodings.CATEGORICAL));
    }
    return checked(
        file.ints(codes), List.of(Labels.read(file, categories)), ordered, file.where(codes));
  }

  /**
   * Checks that every code has its category.
   *
   * @throws InputException when one has not
   */
  static Column.Categorical checked(
      int[] codes, List<String> categories, boolean ordered, String where) {
    for (int row = 0; row < codes.length; row++) {
      if (codes[row] < -1 || codes[row] >= categories.size()) {
        throw new InputException(
            "%s has code %d in row %d; expected -1 (missing) to %d: the file is damaged."
                .formatted(where, codes[row], row, categories.size() - 1));
      }
    }
    return new Column.Categorical(codes, categories, ordered);
  }

  static void write(HierarchyOutput out, String path, Column.Categorical column) {
    int[] codes = column.codes();
    checked(codes, column.categories(), column.ordered(), path);
    Encodings.group(out, path, Encodings.CATEGORICAL, Encodings.V2);
    out.attribute(path, "ordered", column.ordered());
    ArrayCodec.write(out, path + "/categories", column.categories().toArray(String[]::new));
    String at = path + "/codes";
    if (column.categories().size() <= Byte.MAX_VALUE) {
      byte[] narrow = new byte[codes.length];
      for (int i = 0; i < codes.length; i++) {
        narrow[i] = (byte) codes[i];
      }
      out.bytes(at, narrow, Storage.PLAIN);
    } else if (column.categories().size() <= Short.MAX_VALUE) {
      short[] narrow = new short[codes.length];
      for (int i = 0; i < codes.length; i++) {
        narrow[i] = (short) codes[i];
      }
      out.shorts(at, narrow, Storage.PLAIN);
    } else {
      out.ints(at, codes, Storage.PLAIN);
    }
    Encodings.mark(out, at, Encodings.ARRAY, Encodings.V2);
  }
}
