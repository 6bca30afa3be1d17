package org.regularizedvi.cells;

import java.util.List;

/**
 * Bounds from above what additions take in a file, so that the room can be had before libhdf5
 * writes.
 */
public final class AdditionSize {
  /** Headers, links and attributes of one object, generously. */
  private static final long OBJECT = 4096;

  /** A reference to a string, its entry in a heap, and its share of the heap's own. */
  private static final long STRING = 64;

  private static final long UTF8_LARGEST = 3;

  private AdditionSize() {}

  /**
   * {@return a bound for the bytes that additions take in a file}
   *
   * @param additions what is to be written
   */
  public static long bytes(List<Addition> additions) {
    return additions.stream().mapToLong(AdditionSize::bytes).sum();
  }

  /**
   * {@return a bound for the bytes of a matrix of counts with the names of its rows and columns}
   *
   * @param counts the counts
   * @param obsNames the names of the rows
   * @param varNames the names of the columns
   */
  public static long bytes(Counts counts, List<String> obsNames, List<String> varNames) {
    return sparse(counts.nonzeros(), counts.rows())
        + texts(obsNames)
        + texts(varNames)
        + 32 * OBJECT;
  }

  /**
   * {@return a bound for the bytes that say, for each of so many shared rows, whether and where a
   * modality has it}
   *
   * @param rows the number of rows
   */
  public static long places(int rows) {
    return 4 * OBJECT + (1L + Integer.BYTES) * rows;
  }

  private static long bytes(Addition addition) {
    return switch (addition) {
      case Addition.ObsColumn(_, Column values) -> 4 * OBJECT + bytes(values);
      case Addition.VarColumn(_, Column values) -> 4 * OBJECT + bytes(values);
      case Addition.Obsm(_, FloatMatrix values) -> matrix(values);
      case Addition.Varm(_, FloatMatrix values) -> matrix(values);
      case Addition.Obsp(_, SparseRows values) ->
          4 * OBJECT + sparse(values.nonzeros(), values.rows());
      case Addition.OfLayer(_, Layer values) -> bytes(values);
      case Addition.OfRaw(Addition own) -> bytes(own);
      case Addition.Uns(_, Tree value) -> bytes(value);
    };
  }

  private static long bytes(Layer layer) {
    return switch (layer) {
      case SparseLayer sparse -> 4 * OBJECT + sparse(sparse.stored(), sparse.rows());
      case DenseLayer dense -> 2 * OBJECT + dense.stored() * Float.BYTES;
    };
  }

  private static long bytes(Column column) {
    return switch (column) {
      case Column.Categorical(int[] codes, List<String> categories, _) ->
          (long) codes.length * Integer.BYTES + texts(categories);
      case Column.Text(String[] values) -> {
        long sum = values.length;
        for (String value : values) {
          sum += STRING + (value == null ? 0 : UTF8_LARGEST * value.length());
        }
        yield sum;
      }
      case Column.Numbers(double[] values, _) -> (Double.BYTES + 1L) * values.length;
      case Column.Flags(boolean[] values, _) -> 2L * values.length;
    };
  }

  private static long bytes(Tree tree) {
    return OBJECT
        + switch (tree) {
          case Tree.Dict dict ->
              dict.entries().values().stream().mapToLong(AdditionSize::bytes).sum();
          case Tree.Text(String value) -> texts(List.of(value));
          case Tree.Reals(double[] values) -> (long) values.length * Double.BYTES;
          case Tree.Texts(List<String> values) -> texts(values);
          case Tree.Whole _, Tree.Real _, Tree.Flag _, Tree.Nothing _ -> 0;
        };
  }

  private static long matrix(FloatMatrix matrix) {
    return 2 * OBJECT + compressed((long) matrix.rows() * matrix.columns() * Float.BYTES);
  }

  private static long sparse(long stored, int rows) {
    return compressed(stored * (Integer.BYTES + Float.BYTES) + (rows + 1L) * Long.BYTES);
  }

  /**
   * {@return a bound for the bytes that gzip makes of bytes that it cannot shrink, with the index
   * of the chunks}
   */
  private static long compressed(long bytes) {
    return bytes + bytes / 100 + OBJECT;
  }

  private static long texts(List<String> texts) {
    return texts.stream().mapToLong(t -> STRING + UTF8_LARGEST * t.length()).sum();
  }
}
