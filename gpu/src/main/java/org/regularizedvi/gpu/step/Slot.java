package org.regularizedvi.gpu.step;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import org.regularizedvi.gpu.driver.DeviceArena;
import org.regularizedvi.gpu.driver.DeviceMemory;

/**
 * A piece of the card's memory with one of the host's beside it, pinned, through which numbers go
 * up in every step.
 *
 * @param device the card's
 * @param host the host's
 */
record Slot(DeviceMemory device, MemorySegment host) {
  /** {@return room for so many numbers of 4 bytes} */
  static Slot ofWords(DeviceArena arena, long count) {
    return of(arena, Math.max(1, count) * Integer.BYTES);
  }

  /** {@return room for so many bytes} */
  static Slot of(DeviceArena arena, long bytes) {
    return new Slot(arena.zeros(bytes), arena.pinned(bytes));
  }

  void send(float[] values, int count) {
    MemorySegment.copy(values, 0, host, JAVA_FLOAT, 0, count);
    send((long) count * Float.BYTES);
  }

  void send(int[] values, int count) {
    MemorySegment.copy(values, 0, host, JAVA_INT, 0, count);
    send((long) count * Integer.BYTES);
  }

  void send(long[] values, int count) {
    MemorySegment.copy(values, 0, host, JAVA_LONG, 0, count);
    send((long) count * Long.BYTES);
  }

  void send(short[] values, int count) {
    MemorySegment.copy(values, 0, host, JAVA_SHORT, 0, count);
    send((long) count * Short.BYTES);
  }

  void send(double[] values, int count) {
    MemorySegment.copy(values, 0, host, JAVA_DOUBLE, 0, count);
    send((long) count * Double.BYTES);
  }

  /** Sends what the host has written to the beginning of its memory. */
  void send(long bytes) {
    if (bytes > 0) {
      device.upload(host.asSlice(0, bytes));
    }
  }
}
