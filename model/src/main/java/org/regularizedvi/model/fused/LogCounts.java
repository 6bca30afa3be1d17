package org.regularizedvi.model.fused;

/** log1p of counts; small whole numbers, nearly all there are, come from a table. */
final class LogCounts {
  private static final float[] TABLE = new float[1024];

  static {
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = (float) Math.log1p(i);
    }
  }

  private LogCounts() {}

  static void log1p(float[] counts, int from, int entries, float[] out) {
    for (int i = 0; i < entries; i++) {
      out[i] = log1p(counts[from + i]);
    }
  }

  private static float log1p(float count) {
    int whole = (int) count;
    return whole == count && whole >= 0 && whole < TABLE.length
        ? TABLE[whole]
        : (float) Math.log1p(count);
  }
}
