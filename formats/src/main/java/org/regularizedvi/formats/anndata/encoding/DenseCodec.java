package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import org.regularizedvi.cells.FloatMatrix;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/**
 * Reads and writes dense matrices that come with cells or features (obsm, varm): encoding-type
 * "array", two axes.
 */
public final class DenseCodec {
  private DenseCodec() {}

  /**
   * Reads a matrix as float32.
   *
   * @param file the file, or a group of it
   * @param path the path of the matrix
   * @param rows the number of cells or features it must have
   * @return rows x columns
   * @throws InputException when it is not dense, or has another number of rows
   */
  public static FloatMatrix read(Hierarchy file, String path, int rows) {
    if (file.kind(path) != Hierarchy.Kind.ARRAY) {
      String found = Encodings.of(file, path);
      throw new InputException(
          "%s is stored as '%s'; expected a dense array.".formatted(file.where(path), found));
    }
    try (StoredArray dataset = file.array(path)) {
      long[] shape = dataset.shape();
      if (shape.length != 2 || shape[0] != rows || shape[1] > Integer.MAX_VALUE) {
        throw new InputException(
            "%s should be a matrix with %d rows, found shape %s."
                .formatted(dataset.where(), rows, Arrays.toString(shape)));
      }
      return new FloatMatrix(rows, (int) shape[1], dataset.floats());
    }
  }

  static void write(HierarchyOutput out, String path, FloatMatrix matrix) {
    out.floats(
        path, new long[] {matrix.rows(), matrix.columns()}, matrix.values(), Storage.COMPRESSED);
    Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
  }
}
