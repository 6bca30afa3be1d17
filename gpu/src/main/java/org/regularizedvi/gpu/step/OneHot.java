package org.regularizedvi.gpu.step;

/**
 * Writes the codes of categorical keys as columns of ones among zeros, key beside key; a key with a
 * single category adds no column.
 *
 * @param sizes number of categories of each key
 */
record OneHot(int[] sizes) {
  /**
   * Writes the ones.
   *
   * @param codes category of each cell, one array per key
   * @param rows number of cells
   * @param out rows of zeros
   * @param stride numbers of a row
   * @param first the first of the columns
   */
  void put(int[][] codes, int rows, float[] out, int stride, int first) {
    int column = first;
    for (int k = 0; k < sizes.length; k++) {
      if (sizes[k] > 1) {
        for (int n = 0; n < rows; n++) {
          out[n * stride + column + codes[k][n]] = 1;
        }
        column += sizes[k];
      }
    }
  }
}
