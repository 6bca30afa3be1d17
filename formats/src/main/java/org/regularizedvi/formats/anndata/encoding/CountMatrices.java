package org.regularizedvi.formats.anndata.encoding;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.formats.hierarchy.BlockRows;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.StoredArray;
import org.regularizedvi.input.InputException;

/** Opens X or a layer as blocks of rows, whatever its encoding. */
public final class CountMatrices {

  private CountMatrices() {}

  /**
   * Opens a matrix of counts.
   *
   * @param file the file, or a group of it
   * @param path the path of the matrix: "X", or that of a layer
   * @param rows the number of cells it must have
   * @param columns the number of features it must have
   * @param check looks at every value
   * @param temporary the folder of a temporary file for a matrix that is stored by columns and
   *     takes much memory; empty where it is wanted in memory
   * @return the matrix, to be closed
   * @throws InputException when it is no matrix of that size, or damaged
   */
  public static StoredRows open(
      Hierarchy file,
      String path,
      int rows,
      int columns,
      CountCheck check,
      Optional<Path> temporary) {
    if (file.kind(path) == Hierarchy.Kind.ARRAY) {
      return dense(file, path, rows, columns, check);
    }
    String encoding =
        file.hasAttribute(path, "h5sparse_format")
            ? file.attributeText(path, "h5sparse_format") + "_matrix"
            : Encodings.of(file, path);
    if (!encoding.equals(Encodings.CSR) && !encoding.equals(Encodings.CSC)) {
      throw new InputException(
          "%s is stored as '%s'; expected csr_matrix, csc_matrix or a dense array."
              .formatted(file.where(path), encoding));
    }
    String attribute = file.hasAttribute(path, "shape") ? "shape" : "h5sparse_shape";
    requireShape(file.attributeLongs(path, attribute), rows, columns, file.where(path));
    if (encoding.equals(Encodings.CSR)) {
      return csr(file, path, rows, columns, check);
    }
    SparseParts parts = SparseParts.open(file, path, columns, rows);
    try {
      return DealtRows.of(new CscEntries(parts, check), check, temporary);
    } catch (InputException e) {
      parts.close();
      throw e;
    }
  }

  /**
   * Opens the arrays data, indices and indptr of a group as a matrix stored by cells, whatever the
   * group says of its encoding.
   *
   * @param file the file, or a group of it
   * @param path the path of the group
   * @param rows the number of cells it must have
   * @param columns the number of features it must have
   * @param check looks at every value
   * @return the matrix, to be closed
   * @throws InputException when they are no matrix of that size, or damaged
   */
  public static StoredRows csr(
      Hierarchy file, String path, int rows, int columns, CountCheck check) {
    return new CsrBlocks(SparseParts.open(file, path, rows, columns), check);
  }

  private static StoredRows dense(
      Hierarchy file, String path, int rows, int columns, CountCheck check) {
    StoredArray data = file.array(path);
    try {
      requireShape(data.shape(), rows, columns, data.where());
      if (!data.type().numeric()) {
        throw new InputException(
            "%s should hold numbers, found %s.".formatted(data.where(), data.type().describe()));
      }
      return new DenseBlocks(data, rows, columns, check, BlockRows.DEFAULT);
    } catch (InputException e) {
      data.close();
      throw e;
    }
  }

  private static void requireShape(long[] found, int rows, int columns, String where) {
    if (!Arrays.equals(found, new long[] {rows, columns})) {
      throw new InputException(
          "%s should be a matrix of %d cells x %d genes, found shape %s."
              .formatted(where, rows, columns, Arrays.toString(found)));
    }
  }
}
