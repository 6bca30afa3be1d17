package org.regularizedvi.data;

/**
 * Rows of a count matrix in compressed sparse row form: row {@code r} holds {@code values[i]} at
 * column {@code indices[i]} for {@code i} in {@code [indptr[r], indptr[r + 1])}. Columns ascend
 * within a row, no value is zero.
 *
 * @param columns number of columns (features)
 * @param indptr row starts, length rows + 1, starting at 0
 * @param indices column of each value
 * @param values counts
 */
public record SparseRows(int columns, int[] indptr, int[] indices, float[] values) {
  public int rows() {
    return indptr.length - 1;
  }

  public int nonzeros() {
    return indptr[indptr.length - 1];
  }

  /** Returns the sum of each row in double precision. */
  public double[] totals() {
    double[] totals = new double[rows()];
    for (int r = 0; r < totals.length; r++) {
      for (int i = indptr[r]; i < indptr[r + 1]; i++) {
        totals[r] += values[i];
      }
    }
    return totals;
  }
}
