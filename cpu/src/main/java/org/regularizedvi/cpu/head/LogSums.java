package org.regularizedvi.cpu.head;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import org.regularizedvi.cpu.matrix.Matrix;
import org.regularizedvi.kernel.ElementType;

/** Computes the log of the sum of the exponentials of each row, in double precision. */
final class LogSums {
  private LogSums() {}

  /** {@return log sum exp of every row of logits, float32 or bfloat16} */
  static double[] ofRows(Matrix logits) {
    double[] sums = new double[logits.rows()];
    float[] row = new float[logits.columns()];
    for (int n = 0; n < sums.length; n++) {
      read(logits, n, row);
      double largest = Double.NEGATIVE_INFINITY;
      for (float value : row) {
        largest = Math.max(largest, value);
      }
      double sum = 0;
      for (float value : row) {
        sum += Math.exp(value - largest);
      }
      sums[n] = largest + Math.log(sum);
    }
    return sums;
  }

  /** {@return the logarithms of the sums over all tiles, from those of each tile} */
  static float[] united(double[][] perTile, int rows) {
    float[] sums = new float[rows];
    for (int n = 0; n < rows; n++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (double[] tile : perTile) {
        largest = Math.max(largest, tile[n]);
      }
      double sum = 0;
      for (double[] tile : perTile) {
        sum += Math.exp(tile[n] - largest);
      }
      sums[n] = (float) (largest + Math.log(sum));
    }
    return sums;
  }

  private static void read(Matrix logits, int n, float[] row) {
    if (logits.type() == ElementType.FLOAT32) {
      logits.copyRow(n, row);
      return;
    }
    for (int c = 0; c < row.length; c++) {
      short half = logits.memory().getAtIndex(JAVA_SHORT, (long) n * logits.stride() + c);
      row[c] = Float.intBitsToFloat(half << 16);
    }
  }
}
