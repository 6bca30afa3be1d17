package org.regularizedvi.cpu.layer;

import java.util.Arrays;
import org.regularizedvi.cpu.matrix.Matrix;

/**
 * Writes the codes of categorical keys as columns of ones and zeros, key beside key as a network
 * sees them: a key with a single category adds no column.
 *
 * @param sizes number of categories of each key
 */
public record OneHotColumns(int[] sizes) {
  /** {@return the number of columns} */
  public int count() {
    return Arrays.stream(sizes).filter(size -> size > 1).sum();
  }

  /**
   * Overwrites columns.
   *
   * @param codes category of each cell, counted from 0, one array per key
   * @param rows number of cells
   * @param out the columns of at least so many rows
   */
  public void put(int[][] codes, int rows, Matrix out) {
    if (out.columns() == 0) {
      return;
    }
    out.rows(0, rows).clear();
    int first = 0;
    for (int k = 0; k < sizes.length; k++) {
      if (sizes[k] > 1) {
        for (int n = 0; n < rows; n++) {
          out.set(n, first + codes[k][n], 1);
        }
        first += sizes[k];
      }
    }
  }
}
