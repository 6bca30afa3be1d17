package org.regularizedvi.cpu.net;

import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.special.VectorFunctions;

/**
 * Turns the draws of each cell into shares of 1, which makes a logistic normal of a normal
 * distribution:
 *
 * <pre>
 *   s_k = exp(z_k) / sum_j exp(z_j)      dz_k = s_k (ds_k - sum_j ds_j s_j)
 * </pre>
 */
public final class Softmax {
  private Softmax() {}

  /**
   * Replaces draws by shares.
   *
   * @param zNK draws, which become shares
   * @param from the first row
   * @param to the row after the last
   */
  public static void forward(Matrix zNK, int from, int to) {
    int columns = zNK.columns();
    float[] row = new float[columns];
    for (int n = from; n < to; n++) {
      zNK.copyRow(n, row);
      float largest = Float.NEGATIVE_INFINITY;
      for (int k = 0; k < columns; k++) {
        largest = Math.max(largest, row[k]);
      }
      long at = (long) n * zNK.stride();
      VectorFunctions.exp(zNK.memory(), at, largest, zNK.memory(), at, columns);
      zNK.copyRow(n, row);
      double sum = 0;
      for (int k = 0; k < columns; k++) {
        sum += row[k];
      }
      float share = (float) (1 / sum);
      for (int k = 0; k < columns; k++) {
        row[k] *= share;
      }
      zNK.setRow(n, row);
    }
  }

  /**
   * Replaces gradients by the shares by those by the draws.
   *
   * @param sharesNK what {@link #forward} gave
   * @param gradientNK gradients of the loss by the shares, which become those by the draws
   * @param from the first row
   * @param to the row after the last
   */
  public static void backward(Matrix sharesNK, Matrix gradientNK, int from, int to) {
    int columns = sharesNK.columns();
    float[] s = new float[columns];
    float[] d = new float[columns];
    for (int n = from; n < to; n++) {
      sharesNK.copyRow(n, s);
      gradientNK.copyRow(n, d);
      double sum = 0;
      for (int k = 0; k < columns; k++) {
        sum += (double) d[k] * s[k];
      }
      float mean = (float) sum;
      for (int k = 0; k < columns; k++) {
        d[k] = s[k] * (d[k] - mean);
      }
      gradientNK.setRow(n, d);
    }
  }
}
