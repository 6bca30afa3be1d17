package org.regularizedvi.formats.anndata.encoding;

import java.util.stream.IntStream;
import org.regularizedvi.cells.CountCheck;
import org.regularizedvi.formats.hierarchy.ElementType;
import org.regularizedvi.formats.hierarchy.StoredArray;

/**
 * Holds numbers as read: in float32 or int32 where that is exact, else in float64, so that a check
 * sees what the file holds.
 */
sealed interface Values {
  /** The number of values that one thread looks at in one go. */
  int PIECE = 1 << 16;

  int length();

  double at(int i);

  static Values read(StoredArray data, long[] offset, long[] count) {
    if (data.type().exactInFloat()) {
      return new Singles(data.floats(offset, count));
    }
    return data.type().equals(ElementType.INT32)
        ? new Wholes(data.ints(offset, count))
        : new Doubles(data.doubles(offset, count));
  }

  /**
   * Tells whether all values are counts of which nothing needs to be said; all threads look at
   * once.
   *
   * @see CountCheck#isPlain
   */
  default boolean plain() {
    return IntStream.range(0, Math.ceilDiv(length(), PIECE))
        .parallel()
        .allMatch(i -> plain(i * PIECE, (int) Math.min(length(), (i + 1L) * PIECE)));
  }

  /** Tells whether the values {@code from} to {@code to - 1} are. */
  default boolean plain(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!CountCheck.isPlain(at(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@return the values as float32, the same array where they are already} */
  float[] narrowed();

  record Singles(float[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double at(int i) {
      return values[i];
    }

    @Override
    public boolean plain(int from, int to) {
      return CountCheck.arePlain(values, from, to);
    }

    @Override
    public float[] narrowed() {
      return values;
    }
  }

  record Wholes(int[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double at(int i) {
      return values[i];
    }

    @Override
    public float[] narrowed() {
      float[] narrow = new float[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = values[i];
      }
      return narrow;
    }
  }

  record Doubles(double[] values) implements Values {
    @Override
    public int length() {
      return values.length;
    }

    @Override
    public double at(int i) {
      return values[i];
    }

    @Override
    public float[] narrowed() {
      float[] narrow = new float[values.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = (float) values[i];
      }
      return narrow;
    }
  }
}
