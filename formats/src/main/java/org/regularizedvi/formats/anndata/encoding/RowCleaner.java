package org.regularizedvi.formats.anndata.encoding;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.cells.SparseRows;

/**
 * Brings rows as files hold them into the form of {@link SparseRows}: ascending, without zeros or
 * duplicates.
 */
public final class RowCleaner {
  /** Fewer values than these are done before a second thread has begun. */
  private static final int WORTH_THREADS = 1 << 16;

  private RowCleaner() {}

  /**
   * Cleans rows in place: sorts them, adds duplicates up and drops zeros.
   *
   * @param columns the number of columns
   * @param indptr where each row begins, length rows + 1; changed
   * @param indices the column of each value; changed
   * @param values the values; changed
   * @param rowOf the matrix row of each, for messages
   * @param check looks at sums of duplicates, which may be no counts
   * @return the rows, in the same arrays where nothing was dropped
   */
  public static SparseRows clean(
      int columns,
      int[] indptr,
      int[] indices,
      float[] values,
      IntUnaryOperator rowOf,
      CountCheck check) {
    int rows = indptr.length - 1;
    if (indices.length == indptr[rows]
        && each(indptr).allMatch(r -> clean(indices, values, indptr[r], indptr[r + 1]))) {
      return new SparseRows(columns, indptr, indices, values);
    }
    each(indptr).forEach(r -> sort(indices, values, indptr[r], indptr[r + 1]));
    int to = 0;
    for (int r = 0; r + 1 < indptr.length; r++) {
      int from = indptr[r];
      int end = indptr[r + 1];
      int start = to;
      indptr[r] = start;
      for (int i = from; i < end; ) {
        int column = indices[i];
        double sum = values[i++];
        boolean repeated = false;
        for (; i < end && indices[i] == column; i++) {
          sum += values[i];
          repeated = true;
        }
        float value = repeated ? check.accept(sum, rowOf.applyAsInt(r), column) : (float) sum;
        if (value != 0) {
          indices[to] = column;
          values[to++] = value;
        }
      }
    }
    indptr[indptr.length - 1] = to;
    return to == indices.length
        ? new SparseRows(columns, indptr, indices, values)
        : new SparseRows(columns, indptr, Arrays.copyOf(indices, to), Arrays.copyOf(values, to));
  }

  /** {@return the rows, to be taken by all threads where there is enough to do} */
  private static IntStream each(int[] indptr) {
    int rows = indptr.length - 1;
    IntStream all = IntStream.range(0, rows);
    return indptr[rows] < WORTH_THREADS ? all : all.parallel();
  }

  /** Tells whether a row ascends and has no zeros. */
  private static boolean clean(int[] indices, float[] values, int from, int end) {
    for (int i = from, before = -1; i < end; before = indices[i++]) {
      if (indices[i] <= before || values[i] == 0) {
        return false;
      }
    }
    return true;
  }

  private static void sort(int[] indices, float[] values, int from, int end) {
    boolean sorted = true;
    for (int i = from + 1; i < end && sorted; i++) {
      sorted = indices[i - 1] <= indices[i];
    }
    if (sorted) {
      return;
    }
    long[] keys = new long[end - from];
    for (int i = from; i < end; i++) {
      keys[i - from] = (long) indices[i] << Integer.SIZE | Float.floatToIntBits(values[i]);
    }
    Arrays.sort(keys);
    for (int i = from; i < end; i++) {
      indices[i] = (int) (keys[i - from] >> Integer.SIZE);
      values[i] = Float.intBitsToFloat((int) keys[i - from]);
    }
  }
}
