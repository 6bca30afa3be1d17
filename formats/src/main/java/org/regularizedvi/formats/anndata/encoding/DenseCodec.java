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
  /** More values than these are read in parts. */
  private static final int VALUES_AT_ONCE = 1 << 28;

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
      int columns = (int) shape[1];
      return (long) rows * columns <= VALUES_AT_ONCE
          ? new FloatMatrix(rows, columns, dataset.floats())
          : read(dataset, FloatMatrix.zeros(dataset.where(), rows, columns), VALUES_AT_ONCE);
    }
  }

  /** Fills a matrix, some rows at a time. */
  static FloatMatrix read(StoredArray dataset, FloatMatrix matrix, int valuesAtOnce) {
    int columns = matrix.columns();
    int step = Math.max(1, valuesAtOnce / Math.max(1, columns));
    for (int row = 0; row < matrix.rows(); row += Math.min(step, matrix.rows() - row)) {
      int some = Math.min(step, matrix.rows() - row);
      matrix.put(row, dataset.floats(new long[] {row, 0}, new long[] {some, columns}), 0, some);
    }
    return matrix;
  }

  static void write(HierarchyOutput out, String path, FloatMatrix matrix) {
    out.floats(
        path, new long[] {matrix.rows(), matrix.columns()}, matrix.blocks(), Storage.COMPRESSED);
    Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
  }
}
