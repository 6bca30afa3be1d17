package org.regularizedvi.gpu.step;

import org.regularizedvi.cells.SparseRows;
import org.regularizedvi.kernel.special.Gammas;

/**
 * Sums log x! of each cell's counts above 4: what the likelihood of a count needs that depends on
 * the data alone. Smaller counts have it in their product.
 */
final class LogFactorials {
  private static final int SMALL = 4;
  private static final double[] TABLE = new double[CountRows.LARGEST + 1];

  static {
    for (int x = SMALL + 1; x < TABLE.length; x++) {
      TABLE[x] = Gammas.logGamma(x + 1.0);
    }
  }

  private LogFactorials() {}

  static double[] of(SparseRows rows) {
    double[] sums = new double[rows.rows()];
    for (int n = 0; n < sums.length; n++) {
      for (int i = rows.indptr()[n]; i < rows.indptr()[n + 1]; i++) {
        float count = rows.values()[i];
        sums[n] += count > SMALL && count <= CountRows.LARGEST ? TABLE[(int) count] : 0;
      }
    }
    return sums;
  }
}
