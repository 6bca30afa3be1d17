package org.regularizedvi.formats.hierarchy;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.stream.Stream;

/** Reads numbers and truth values of any type as one that every container can write. */
final class CopiedNumbers {
  private static final long VALUES_AT_ONCE = 1 << 22;

  private CopiedNumbers() {}

  /** {@return the type that numbers of a stored type are written in} */
  static ElementType type(ElementType stored) {
    return switch (stored.kind()) {
      case FLOAT -> stored.bytes() <= Float.BYTES ? ElementType.FLOAT32 : ElementType.FLOAT64;
      case BOOLEAN -> ElementType.FLAG;
      case INTEGER, TEXT, COMPOUND, OTHER -> stored;
    };
  }

  /** {@return a field of all records} */
  static Buffer of(StoredField field) {
    ElementType type = type(field.type());
    if (type.equals(ElementType.FLOAT64)) {
      return DoubleBuffer.wrap(field.doubles());
    }
    return type.equals(ElementType.FLOAT32)
        ? FloatBuffer.wrap(narrowed(field.doubles()))
        : narrowed(field.longs(), type.bytes());
  }

  /** {@return an array, in parts of whole rows of the first axis} */
  static Stream<Buffer> of(StoredArray array) {
    long[] shape = array.shape();
    if (shape.length == 0) {
      return Stream.of(box(array, new long[0], shape));
    }
    long[] row = shape.clone();
    row[0] = 1;
    long perRow = Math.max(1, Memory.elements(row, array.where()));
    long rows = Math.clamp(VALUES_AT_ONCE / perRow, 1, Math.max(1, shape[0]));
    return Stream.iterate(0L, at -> at < shape[0], at -> at + rows)
        .map(
            at -> {
              long[] offset = new long[shape.length];
              offset[0] = at;
              long[] count = shape.clone();
              count[0] = Math.min(rows, shape[0] - at);
              return box(array, offset, count);
            });
  }

  private static Buffer box(StoredArray array, long[] offset, long[] count) {
    ElementType type = type(array.type());
    if (type.equals(ElementType.FLOAT32)) {
      return FloatBuffer.wrap(array.floats(offset, count));
    }
    return type.equals(ElementType.FLOAT64)
        ? DoubleBuffer.wrap(array.doubles(offset, count))
        : narrowed(array.longs(offset, count), type.bytes());
  }

  private static float[] narrowed(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }

  private static Buffer narrowed(long[] values, int bytes) {
    switch (bytes) {
      case Byte.BYTES -> {
        byte[] narrow = new byte[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(narrow);
      }
      case Short.BYTES -> {
        short[] narrow = new short[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (short) values[i];
        }
        return ShortBuffer.wrap(narrow);
      }
      case Integer.BYTES -> {
        int[] narrow = new int[values.length];
        for (int i = 0; i < narrow.length; i++) {
          narrow[i] = (int) values[i];
        }
        return IntBuffer.wrap(narrow);
      }
      default -> {
        return LongBuffer.wrap(values);
      }
    }
  }
}
