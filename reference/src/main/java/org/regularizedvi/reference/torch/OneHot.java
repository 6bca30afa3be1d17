package org.regularizedvi.reference.torch;

import org.bytedeco.pytorch.Tensor;

/** Writes codes of categorical keys as columns of ones and zeros. */
public final class OneHot {
  private OneHot() {}

  /**
   * Puts keys side by side as a network sees them: a key with a single category adds no column.
   *
   * @param codes category of each cell, counted from 0, one array per key
   * @param sizes number of categories of each key
   * @param cells number of cells N
   * @return N x columns; without columns, N x 0
   */
  public static Tensor forNetwork(int[][] codes, int[] sizes, int cells) {
    return columns(codes, sizes, cells, 2);
  }

  /**
   * Puts the categories of all keys side by side, single ones too: cells x categories.
   *
   * @param codes category of each cell, counted from 0, one array per key
   * @param sizes number of categories of each key
   * @param cells number of cells
   * @return N x the sum of all sizes
   */
  public static Tensor ofCategories(int[][] codes, int[] sizes, int cells) {
    return columns(codes, sizes, cells, 1);
  }

  private static Tensor columns(int[][] codes, int[] sizes, int cells, int leastSize) {
    int width = 0;
    for (int size : sizes) {
      width += size >= leastSize ? size : 0;
    }
    float[] ones = new float[cells * width];
    int offset = 0;
    for (int k = 0; k < sizes.length; k++) {
      if (sizes[k] >= leastSize) {
        for (int n = 0; n < cells; n++) {
          ones[n * width + offset + codes[k][n]] = 1;
        }
        offset += sizes[k];
      }
    }
    return Tensors.of(ones, cells, width);
  }
}
