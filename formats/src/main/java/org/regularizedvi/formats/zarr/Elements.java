package org.regularizedvi.formats.zarr;

import java.util.Arrays;

/**
 * Holds values of a chunk, or those that stand for a chunk that is missing. Numbers are asked for
 * numbers and texts for texts, never the other way round.
 */
sealed interface Elements permits Numbers, Texts, Elements.Same {
  /** Copies {@code n} values from place {@code from} to place {@code to} of an array. */
  void floats(int from, int n, float[] out, int to);

  void doubles(int from, int n, double[] out, int to);

  /** Copies values; those beyond 32 bits become the nearest int. */
  void ints(int from, int n, int[] out, int to);

  /** Copies values; unsigned 64-bit values keep their bits. */
  void longs(int from, int n, long[] out, int to);

  void strings(int from, int n, String[] out, int to);

  /** Holds one value wherever one looks, which is how a missing chunk is read. */
  record Same(Elements value) implements Elements {
    @Override
    public void floats(int from, int n, float[] out, int to) {
      value.floats(0, 1, out, to);
      Arrays.fill(out, to, to + n, out[to]);
    }

    @Override
    public void doubles(int from, int n, double[] out, int to) {
      value.doubles(0, 1, out, to);
      Arrays.fill(out, to, to + n, out[to]);
    }

    @Override
    public void ints(int from, int n, int[] out, int to) {
      value.ints(0, 1, out, to);
      Arrays.fill(out, to, to + n, out[to]);
    }

    @Override
    public void longs(int from, int n, long[] out, int to) {
      value.longs(0, 1, out, to);
      Arrays.fill(out, to, to + n, out[to]);
    }

    @Override
    public void strings(int from, int n, String[] out, int to) {
      value.strings(0, 1, out, to);
      Arrays.fill(out, to, to + n, out[to]);
    }
  }
}
