package org.regularizedvi.formats.anndata.encoding;

import org.regularizedvi.formats.hierarchy.StoredArray;

/**
 * Holds numbers as read: in float32 where that is exact, else in float64, so that a check sees what
 * the file holds.
 */
sealed interface Values {
  double at(int i);

  static Values read(StoredArray data, long[] offset, long[] count) {
    return data.type().exactInFloat()
        ? new Singles(data.floats(offset, count))
        : new Doubles(data.doubles(offset, count));
  }

  /** {@return the values as float32, the same array where they are already} */
  float[] narrowed();

  record Singles(float[] values) implements Values {
    @Override
    public double at(int i) {
      return values[i];
    }

    @Override
    public float[] narrowed() {
      return values;
    }
  }

  record Doubles(double[] values) implements Values {
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
