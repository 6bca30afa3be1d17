package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.input.InputException;

/** Reads and writes matrices of encoding-type "csr_matrix", block by block of rows. */
public final class CsrCodec {
  private CsrCodec() {}

  /**
   * Reads a square matrix whole, its entries in the order stored.
   *
   * @param file the file, or a group of it
   * @param path the path of the matrix
   * @param rows the number of rows and columns it must have
   * @return the matrix
   * @throws InputException when it is stored otherwise, of another size, or damaged
   */
  public static SparseRows read(Hierarchy file, String path, int rows) {
    String found = Encodings.of(file, path);
    if (!found.equals(Encodings.CSR)) {
      throw new InputException(
          "%s is stored as '%s'; expected a csr matrix.".formatted(file.where(path), found));
    }
    long[] shape = file.attributeLongs(path, "shape");
    if (!Arrays.equals(shape, new long[] {rows, rows})) {
      throw new InputException(
          "%s should be a matrix of %d x %d, found shape %s."
              .formatted(file.where(path), rows, rows, Arrays.toString(shape)));
    }
    try (SparseParts parts = SparseParts.open(file, path, rows, rows)) {
      int stored = parts.count(0, rows);
      int[] starts = Arrays.stream(parts.starts()).mapToInt(Math::toIntExact).toArray();
      return new SparseRows(
          rows, starts, parts.indices(0, stored), parts.values(0, stored).narrowed());
    }
  }

  /** Writes a matrix that is in memory. */
  static void write(HierarchyOutput out, String path, SparseRows matrix) {
    long[] starts = Arrays.stream(matrix.indptr()).asLongStream().toArray();
    write(out, path, starts, matrix.columns(), () -> Stream.of(matrix));
  }

  /**
   * Writes a matrix.
   *
   * @param indptr where each row begins, length rows + 1
   * @param blocks the rows, in order; asked for twice
   */
  static void write(
      HierarchyOutput out,
      String path,
      long[] indptr,
      int columns,
      Supplier<Stream<SparseRows>> blocks) {
    int rows = indptr.length - 1;
    Encodings.group(out, path, Encodings.CSR, Encodings.V1);
    out.attribute(path, "shape", new long[] {rows, columns});
    long stored = indptr[rows];
    out.floats(path + "/data", stored, blocks.get().map(CsrCodec::values), Storage.COMPRESSED);
    out.ints(path + "/indices", stored, blocks.get().map(CsrCodec::indices), Storage.COMPRESSED);
    // scipy takes 32-bit starts where they suffice
    if (stored <= Integer.MAX_VALUE) {
      int[] narrow = Arrays.stream(indptr).mapToInt(Math::toIntExact).toArray();
      out.ints(path + "/indptr", narrow, Storage.COMPRESSED);
    } else {
      out.longs(path + "/indptr", new long[] {rows + 1L}, indptr, Storage.COMPRESSED);
    }
  }

  /** {@return the values in use: arrays may be longer than the rows need} */
  private static float[] values(SparseRows rows) {
    float[] all = rows.values();
    return all.length == rows.nonzeros() ? all : Arrays.copyOf(all, rows.nonzeros());
  }

  private static int[] indices(SparseRows rows) {
    int[] all = rows.indices();
    return all.length == rows.nonzeros() ? all : Arrays.copyOf(all, rows.nonzeros());
  }
}
