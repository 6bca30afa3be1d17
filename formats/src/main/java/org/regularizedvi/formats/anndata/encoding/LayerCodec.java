package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.stream.Stream;
import org.regularizedvi.cells.DenseLayer;
import org.regularizedvi.cells.Layer;
import org.regularizedvi.cells.SparseLayer;
import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.formats.hierarchy.Hierarchy;
import org.regularizedvi.formats.hierarchy.HierarchyOutput;
import org.regularizedvi.formats.hierarchy.Storage;
import org.regularizedvi.formats.hierarchy.StoredArray;

/** Writes layers block by block of rows, and compares what was written in the same way. */
public final class LayerCodec {
  private LayerCodec() {}

  static void write(HierarchyOutput out, String path, Layer layer) {
    switch (layer) {
      case SparseLayer sparse ->
          CsrCodec.write(
              out,
              path,
              starts(sparse),
              sparse.columns(),
              () -> blocks(sparse).map(block -> sparse.read(block[0], block[1])));
      case DenseLayer dense -> {
        // In one piece: floats hardly shrink, and rows can then be read one by one.
        out.floats(
            path,
            new long[] {dense.rows(), dense.columns()},
            blocks(dense).map(block -> dense.read(block[0], block[1])),
            Storage.PLAIN);
        Encodings.mark(out, path, Encodings.ARRAY, Encodings.V2);
      }
    }
  }

  private static long[] starts(SparseLayer layer) {
    long[] starts = new long[layer.rows() + 1];
    for (int r = 0; r < layer.rows(); r++) {
      starts[r + 1] = starts[r] + layer.count(r);
    }
    return starts;
  }

  /** {@return the first row and the end of each block} */
  private static Stream<int[]> blocks(Layer layer) {
    int rows = layer.rows();
    if (rows == 0) {
      return Stream.empty();
    }
    return Stream.iterate(
        new int[] {0, layer.end(0)},
        block -> block[0] < rows,
        block -> new int[] {block[1], block[1] < rows ? layer.end(block[1]) : rows});
  }

  /**
   * {@return whether a file has these values, to the bit, under a path}
   *
   * @param file the file, or a group of it
   * @param path the path of the layer
   * @param layer the values, cells x features
   */
  public static boolean holds(Hierarchy file, String path, Layer layer) {
    return switch (layer) {
      case SparseLayer sparse -> holdsSparse(file, path, sparse);
      case DenseLayer dense -> holdsDense(file, path, dense);
    };
  }

  private static boolean holdsSparse(Hierarchy file, String path, SparseLayer layer) {
    long[] starts = starts(layer);
    if (!Encodings.of(file, path).equals(Encodings.CSR)
        || !Arrays.equals(
            file.attributeLongs(path, "shape"), new long[] {layer.rows(), layer.columns()})
        || !Arrays.equals(file.longs(path + "/indptr"), starts)) {
      return false;
    }
    try (StoredArray indices = file.array(path + "/indices");
        StoredArray data = file.array(path + "/data")) {
      return blocks(layer)
          .allMatch(
              block -> {
                SparseRows rows = layer.read(block[0], block[1]);
                long[] from = {starts[block[0]]};
                long[] count = {rows.nonzeros()};
                return rows.nonzeros() == 0
                    || Arrays.equals(indices.ints(from, count), rows.indices())
                        && Arrays.equals(data.floats(from, count), rows.values());
              });
    }
  }

  private static boolean holdsDense(Hierarchy file, String path, DenseLayer layer) {
    if (file.kind(path) != Hierarchy.Kind.ARRAY) {
      return false;
    }
    try (StoredArray data = file.array(path)) {
      long columns = layer.columns();
      return Arrays.equals(data.shape(), new long[] {layer.rows(), columns})
          && blocks(layer)
              .allMatch(
                  block ->
                      Arrays.equals(
                          data.floats(
                              new long[] {block[0], 0}, new long[] {block[1] - block[0], columns}),
                          layer.read(block[0], block[1])));
    }
  }
}
