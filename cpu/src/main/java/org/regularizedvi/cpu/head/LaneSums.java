package org.regularizedvi.cpu.head;

import java.util.Arrays;
import org.regularizedvi.kernel.RowSums;

/**
 * Keeps the sums that the kernel makes for each cell apart by lane and adds them up in the order of
 * lanes, whichever thread was first.
 */
final class LaneSums {
  private final RowSums[] lanes;
  private final int rows;

  /** Picks one of the sums. */
  interface Part {
    double[] of(RowSums sums);
  }

  LaneSums(int lanes, int rows) {
    this.lanes = new RowSums[lanes];
    this.rows = rows;
    Arrays.setAll(this.lanes, _ -> RowSums.ofRows(rows));
  }

  RowSums of(int lane) {
    return lanes[lane];
  }

  /** {@return a sum over all lanes, one per cell} */
  double[] total(Part part) {
    double[] total = new double[rows];
    for (RowSums lane : lanes) {
      double[] own = part.of(lane);
      for (int n = 0; n < rows; n++) {
        total[n] += own[n];
      }
    }
    return total;
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int n = 0; n < floats.length; n++) {
      floats[n] = (float) values[n];
    }
    return floats;
  }
}
