package org.regularizedvi.cpu.sparse;

import org.regularizedvi.cells.SparseRows;

/** Computes log1p of counts; small whole numbers, nearly all there are, come from a table. */
final class LogCounts {
  private static final float[] TABLE = new float[1024];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = (float) Math.log1p(i);
    }
  }

  private LogCounts() {}

  /** Writes log1p of some entries to the beginning of an array. */
  static void log1p(SparseRows counts, int from, int entries, float[] out) {
    for (int i = 0; i < entries; i++) {
      out[i] = log1p(counts.values()[from + i]);
    }
  }

  private static float log1p(float count) {
    int whole = (int) count;
    return whole == count && whole >= 0 && whole < TABLE.length
        ? TABLE[whole]
        : (float) Math.log1p(count);
  }
}
