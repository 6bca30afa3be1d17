package org.regularizedvi.report;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;

/** Writes arrays of numbers as text: little-endian, deflated (RFC 1950), base64. */
final class Packed {
  /** The largest number of 16 bits says that there is none. */
  static final int LEVELS = 65_534;

  private Packed() {}

  static String floats(double[] values) {
    ByteBuffer bytes = buffer(values.length * 4);
    Arrays.stream(values).forEach(v -> bytes.putFloat((float) v));
    return text(bytes);
  }

  /** Numbers as levels between two ends, {@code LEVELS} + 1 of them. */
  static String levels(float[] values, float from, float to) {
    ByteBuffer bytes = buffer(values.length * 2);
    for (float value : values) {
      double place = to > from ? (value - from) / ((double) to - from) : 0;
      bytes.putShort((short) (Float.isFinite(value) ? Math.round(place * LEVELS) : LEVELS + 1));
    }
    return text(bytes);
  }

  /** Numbers of at least 0 in 256 levels. */
  static String bytes(float[] values, float to) {
    ByteBuffer bytes = buffer(values.length);
    for (float value : values) {
      bytes.put((byte) (to > 0 ? Math.round(value / to * 255) : 0));
    }
    return text(bytes);
  }

  /** Codes; the largest number of 16 bits for -1. */
  static String codes(int[] codes) {
    ByteBuffer bytes = buffer(codes.length * 2);
    Arrays.stream(codes).forEach(c -> bytes.putShort((short) c));
    return text(bytes);
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(ByteBuffer bytes) {
    byte[] out = new byte[bytes.capacity() + bytes.capacity() / 1000 + 64];
    try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION)) {
      deflater.setInput(bytes.array());
      deflater.finish();
      int size = deflater.deflate(out);
      return Base64.getEncoder().encodeToString(Arrays.copyOf(out, size));
    }
  }
}
