package org.regularizedvi.data.h5ad;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.regularizedvi.data.SparseRows;
import org.regularizedvi.data.hdf5.H5Output;
import org.regularizedvi.data.hdf5.Storage;

/** Writes matrices of encoding-type "csr_matrix", a block of rows at a time. */
final class CsrCodec {
  private CsrCodec() {}

  /**
   * Writes a matrix.
   *
   * @param indptr where each row begins, length rows + 1
   * @param blocks the rows, in order; asked for twice
   */
  static void write(
      H5Output out, String path, long[] indptr, int columns, Supplier<Stream<SparseRows>> blocks) {
    int rows = indptr.length - 1;
    Encodings.group(out, path, Encodings.CSR, Encodings.V1);
    out.attribute(path, "shape", new long[] {rows, columns});
    long stored = indptr[rows];
    out.floats(path + "/data", stored, blocks.get().map(CsrCodec::values), Storage.GZIP);
    out.ints(path + "/indices", stored, blocks.get().map(CsrCodec::indices), Storage.GZIP);
    // scipy takes 32-bit starts where they suffice
    if (stored <= Integer.MAX_VALUE) {
      int[] narrow = Arrays.stream(indptr).mapToInt(Math::toIntExact).toArray();
      out.ints(path + "/indptr", narrow, Storage.GZIP);
    } else {
      out.longs(path + "/indptr", new long[] {rows + 1L}, indptr, Storage.GZIP);
    }
  }

  /** Returns the values in use: arrays may be longer than the rows need. */
  private static float[] values(SparseRows rows) {
    float[] all = rows.values();
    return all.length == rows.nonzeros() ? all : Arrays.copyOf(all, rows.nonzeros());
  }

  private static int[] indices(SparseRows rows) {
    int[] all = rows.indices();
    return all.length == rows.nonzeros() ? all : Arrays.copyOf(all, rows.nonzeros());
  }
}
