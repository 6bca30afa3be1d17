package org.regularizedvi.cells;

import java.util.Arrays;
import java.util.List;

/**
 * Rows of a count matrix in compressed sparse row form: row {@code r} holds {@code values[i]} at
 * column {@code indices[i]} for {@code i} in {@code [indptr[r], indptr[r + 1])}. Columns ascend
 * within a row, and no value is zero.
 *
 * @param columns the number of columns (features)
 * @param indptr where each row begins, length rows + 1, starting at 0
 * @param indices the column of each value
 * @param values the counts
 */
public record SparseRows(int columns, int[] indptr, int[] indices, float[] values) {
  /**
   * {@return rows without any counts}
   *
   * @param rows the number of rows
   * @param columns the number of columns
   */
  public static SparseRows empty(int rows, int columns) {
    return new SparseRows(columns, new int[rows + 1], new int[0], new float[0]);
  }

  /** {@return the number of rows} */
  public int rows() {
    return indptr.length - 1;
  }

  /** {@return the number of values} */
  public int nonzeros() {
    return indptr[indptr.length - 1];
  }

  /** {@return the sum of each row, in double precision} */
  public double[] totals() {
    double[] totals = new double[rows()];
    for (int r = 0; r < totals.length; r++) {
      // Four sums, because one would wait for each addition in turn.
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int i = indptr[r];
      for (; i + 4 <= indptr[r + 1]; i += 4) {
        a += values[i];
        b += values[i + 1];
        c += values[i + 2];
        d += values[i + 3];
      }
      for (; i < indptr[r + 1]; i++) {
        a += values[i];
      }
      totals[r] = (a + b) + (c + d);
    }
    return totals;
  }

  /**
   * {@return the rows {@code from} to {@code to - 1}: this where that is all, else a copy}
   *
   * @param from the first row
   * @param to the row after the last
   */
  public SparseRows slice(int from, int to) {
    if (from == 0 && to == rows()) {
      return this;
    }
    int[] starts = new int[to - from + 1];
    for (int r = 0; r < starts.length; r++) {
      starts[r] = indptr[from + r] - indptr[from];
    }
    return new SparseRows(
        columns,
        starts,
        Arrays.copyOfRange(indices, indptr[from], indptr[to]),
        Arrays.copyOfRange(values, indptr[from], indptr[to]));
  }

  /**
   * {@return copies of rows in the order given; this where that is the order it has}
   *
   * @param rows the rows; one may come twice, and -1 makes an empty row
   */
  public SparseRows pick(int[] rows) {
    int[] starts = new int[rows.length + 1];
    boolean same = rows.length == rows();
    for (int i = 0; i < rows.length; i++) {
      same &= rows[i] == i;
      int count = rows[i] < 0 ? 0 : indptr[rows[i] + 1] - indptr[rows[i]];
      starts[i + 1] = Math.addExact(starts[i], count);
    }
    if (same) {
      return this;
    }
    int[] picked = new int[starts[rows.length]];
    float[] counts = new float[picked.length];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] >= 0) {
        System.arraycopy(indices, indptr[rows[i]], picked, starts[i], starts[i + 1] - starts[i]);
        System.arraycopy(values, indptr[rows[i]], counts, starts[i], starts[i + 1] - starts[i]);
      }
    }
    return new SparseRows(columns, starts, picked, counts);
  }

  /**
   * {@return parts of a matrix, one below another}
   *
   * @param columns the number of columns of every part
   * @param parts the parts, at least one
   * @throws ArithmeticException when they have more than 2^31 values
   */
  public static SparseRows join(int columns, List<SparseRows> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    int rows = 0;
    int nonzeros = 0;
    for (SparseRows part : parts) {
      rows = Math.addExact(rows, part.rows());
      nonzeros = Math.addExact(nonzeros, part.nonzeros());
    }
    int[] starts = new int[rows + 1];
    int[] indices = new int[nonzeros];
    float[] values = new float[nonzeros];
    int row = 0;
    for (SparseRows part : parts) {
      int at = starts[row];
      System.arraycopy(part.indices, 0, indices, at, part.nonzeros());
      System.arraycopy(part.values, 0, values, at, part.nonzeros());
      for (int r = 0; r < part.rows(); r++) {
        starts[++row] = at + part.indptr[r + 1];
      }
    }
    return new SparseRows(columns, starts, indices, values);
  }

  /**
   * {@return the same rows with columns moved}
   *
   * @param placeOf the new place of every column, -1 to leave it out
   * @param newColumns the number of columns of the result
   */
  public SparseRows withColumns(int[] placeOf, int newColumns) {
    int[] starts = new int[indptr.length];
    int[] places = new int[nonzeros()];
    float[] moved = new float[nonzeros()];
    int n = 0;
    for (int r = 0; r < rows(); r++) {
      boolean ascending = true;
      for (int i = indptr[r]; i < indptr[r + 1]; i++) {
        int place = placeOf[indices[i]];
        if (place >= 0) {
          ascending &= n == starts[r] || places[n - 1] < place;
          places[n] = place;
          moved[n++] = values[i];
        }
      }
      starts[r + 1] = n;
      if (!ascending) {
        sort(places, moved, starts[r], n);
      }
    }
    return new SparseRows(newColumns, starts, Arrays.copyOf(places, n), Arrays.copyOf(moved, n));
  }

  /**
   * {@return the same rows without the counts of columns out of a range}
   *
   * @param range the columns that are left, at their places
   */
  public SparseRows withOnly(FeatureRange range) {
    int[] starts = new int[indptr.length];
    int[] firsts = new int[rows()];
    for (int r = 0; r < rows(); r++) {
      firsts[r] = firstFrom(r, range.from());
      starts[r + 1] = starts[r] + firstFrom(r, range.to()) - firsts[r];
    }
    int[] places = new int[starts[rows()]];
    float[] counts = new float[places.length];
    for (int r = 0; r < rows(); r++) {
      System.arraycopy(indices, firsts[r], places, starts[r], starts[r + 1] - starts[r]);
      System.arraycopy(values, firsts[r], counts, starts[r], starts[r + 1] - starts[r]);
    }
    return new SparseRows(columns, starts, places, counts);
  }

  /**
   * {@return where the first value of a row lies that is not before a column; the end of the row
   * where there is none}
   *
   * @param row the row
   * @param column the column
   */
  public int firstFrom(int row, int column) {
    int found = Arrays.binarySearch(indices, indptr[row], indptr[row + 1], column);
    return found < 0 ? -found - 1 : found;
  }

  /** Sorts a row by column: the value's bits travel in the low half of a long. */
  private static void sort(int[] places, float[] values, int from, int to) {
    long[] pairs = new long[to - from];
    for (int i = from; i < to; i++) {
      pairs[i - from] = (long) places[i] << 32 | Float.floatToRawIntBits(values[i]) & 0xffffffffL;
    }
    Arrays.sort(pairs);
    for (int i = from; i < to; i++) {
      places[i] = (int) (pairs[i - from] >>> 32);
      values[i] = Float.intBitsToFloat((int) pairs[i - from]);
    }
  }
}
