package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regularizedvi.gpu.driver.DeviceMemory;

/** Numbers of tests, up and down. */
final class Numbers {
  private Numbers() {}

  /** {@return the nearest bfloat16 number} */
  static float rounded(float x) {
    return Float.intBitsToFloat((bits(x) & 0xffff) << 16);
  }

  private static short bits(float x) {
    int b = Float.floatToRawIntBits(x);
    return (short) ((b + 0x7fff + ((b >>> 16) & 1)) >>> 16);
  }

  /** {@return bfloat16 numbers, nearest to these} */
  static short[] halves(float[] values) {
    short[] halves = new short[values.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = bits(values[i]);
    }
    return halves;
  }

  /** {@return rows with zeros behind each, and rows of zeros behind all} */
  static float[] padded(float[] values, int columns, int rows, int stride) {
    float[] all = new float[rows * stride];
    for (int r = 0; r < values.length / columns; r++) {
      System.arraycopy(values, r * columns, all, r * stride, columns);
    }
    return all;
  }

  static float[] floats(DeviceMemory memory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(memory.bytes(), 8);
      memory.download(copy);
      memory.device().await();
      return copy.toArray(JAVA_FLOAT);
    }
  }

  /** {@return bfloat16 numbers as floats} */
  static float[] ofHalves(DeviceMemory memory) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(memory.bytes(), 8);
      memory.download(copy);
      memory.device().await();
      short[] halves = copy.toArray(JAVA_SHORT);
      float[] values = new float[halves.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = Float.intBitsToFloat(halves[i] << 16);
      }
      return values;
    }
  }
}
