package org.regularizedvi.formats.zarr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.regularizedvi.formats.hierarchy.ElementType;

/** Holds numbers and truth values as a chunk holds them, one behind another. */
final class Numbers implements Elements {
  /**
   * The number of values that are converted at once, few enough to stay in the processor's cache.
   */
  private static final int STEP = 1024;

  private final ByteBuffer bytes;
  private final int each;
  private final boolean real;
  private final boolean signed;

  Numbers(byte[] bytes, ByteOrder order, ElementType type) {
    this.bytes = ByteBuffer.wrap(bytes).order(order);
    this.each = type.bytes();
    this.real = type.kind() == ElementType.Kind.FLOAT;
    this.signed = type.signed();
  }

  @Override
  public void floats(int from, int n, float[] out, int to) {
    if (real && each == Float.BYTES) {
      bytes.asFloatBuffer().get(from, out, to, n);
    } else if (real) {
      reals(
          from,
          n,
          (values, at, k) -> {
            for (int i = 0; i < k; i++) {
              out[to + at + i] = (float) values[i];
            }
          });
    } else {
      wholes(
          from,
          n,
          (values, at, k) -> {
            for (int i = 0; i < k; i++) {
              out[to + at + i] = fits(values[i]) ? values[i] : (float) unsigned(values[i]);
            }
          });
    }
  }

  @Override
  public void doubles(int from, int n, double[] out, int to) {
    if (real && each == Double.BYTES) {
      bytes.asDoubleBuffer().get(from, out, to, n);
    } else if (real) {
      reals(from, n, (values, at, k) -> System.arraycopy(values, 0, out, to + at, k));
    } else {
      wholes(
          from,
          n,
          (values, at, k) -> {
            for (int i = 0; i < k; i++) {
              out[to + at + i] = fits(values[i]) ? values[i] : unsigned(values[i]);
            }
          });
    }
  }

  @Override
  public void ints(int from, int n, int[] out, int to) {
    if (!real && signed && each == Integer.BYTES) {
      bytes.asIntBuffer().get(from, out, to, n);
    } else if (real) {
      reals(
          from,
          n,
          (values, at, k) -> {
            for (int i = 0; i < k; i++) {
              out[to + at + i] = (int) values[i];
            }
          });
    } else {
      wholes(
          from,
          n,
          (values, at, k) -> {
            for (int i = 0; i < k; i++) {
              out[to + at + i] =
                  fits(values[i])
                      ? Math.clamp(values[i], Integer.MIN_VALUE, Integer.MAX_VALUE)
                      : Integer.MAX_VALUE;
            }
          });
    }
  }

  @Override
  public void longs(int from, int n, long[] out, int to) {
    if (!real && each == Long.BYTES) {
      bytes.asLongBuffer().get(from, out, to, n);
    } else if (real) {
      reals(
          from,
          n,
          (values, at, k) -> {
            for (int i = 0; i < k; i++) {
              out[to + at + i] = (long) values[i];
            }
          });
    } else {
      wholes(from, n, (values, at, k) -> System.arraycopy(values, 0, out, to + at, k));
    }
  }

  @Override
  public void strings(int from, int n, String[] out, int to) {
    throw new IllegalStateException("Numbers were asked for text");
  }

  /** Tells whether a value is what its bits say as a signed one. */
  private boolean fits(long value) {
    return signed || value >= 0;
  }

  /** {@return the nearest float64 to an unsigned value of 2^63 or more} */
  private static double unsigned(long bits) {
    // Half of it with the lost bit kept below, so that rounding sees it.
    return 2.0 * (bits >>> 1 | bits & 1);
  }

  /** Takes {@code k} values that begin {@code at} places after the first. */
  private interface Take<T> {
    void take(T values, int at, int k);
  }

  private void wholes(int from, int n, Take<long[]> take) {
    long[] step = new long[Math.min(n, STEP)];
    for (int at = 0; at < n; at += STEP) {
      int k = Math.min(STEP, n - at);
      wholes(from + at, step, k);
      take.take(step, at, k);
    }
  }

  private void wholes(int from, long[] out, int n) {
    switch (each) {
      case Byte.BYTES -> {
        long mask = signed ? -1 : 0xffL;
        for (int i = 0; i < n; i++) {
          out[i] = bytes.get(from + i) & mask;
        }
      }
      case Short.BYTES -> {
        long mask = signed ? -1 : 0xffffL;
        for (int i = 0; i < n; i++) {
          out[i] = bytes.getShort((from + i) * Short.BYTES) & mask;
        }
      }
      case Integer.BYTES -> {
        long mask = signed ? -1 : 0xffffffffL;
        for (int i = 0; i < n; i++) {
          out[i] = bytes.getInt((from + i) * Integer.BYTES) & mask;
        }
      }
      default -> bytes.asLongBuffer().get(from, out, 0, n);
    }
  }

  private void reals(int from, int n, Take<double[]> take) {
    double[] step = new double[Math.min(n, STEP)];
    for (int at = 0; at < n; at += STEP) {
      int k = Math.min(STEP, n - at);
      reals(from + at, step, k);
      take.take(step, at, k);
    }
  }

  private void reals(int from, double[] out, int n) {
    switch (each) {
      case Short.BYTES -> {
        for (int i = 0; i < n; i++) {
          out[i] = Float.float16ToFloat(bytes.getShort((from + i) * Short.BYTES));
        }
      }
      case Float.BYTES -> {
        for (int i = 0; i < n; i++) {
          out[i] = bytes.getFloat((from + i) * Float.BYTES);
        }
      }
      default -> bytes.asDoubleBuffer().get(from, out, 0, n);
    }
  }
}
