package org.regularizedvi.gpu.step;

import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
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
    send(put(values, count));
  }

  void send(int[] values, int count) {
    send(put(values, count));
  }

  void send(long[] values, int count) {
    send(put(values, count));
  }

  void send(short[] values, int count) {
    send(put(values, count));
  }

  void send(double[] values, int count) {
    send(put(MemorySegment.ofArray(values), (long) count * Double.BYTES));
  }

  /** Writes numbers on the host, and returns the bytes that they take. */
  long put(float[] values, int count) {
    return put(MemorySegment.ofArray(values), (long) count * Float.BYTES);
  }

  /** Writes numbers on the host, and returns the bytes that they take. */
  long put(int[] values, int count) {
    return put(MemorySegment.ofArray(values), (long) count * Integer.BYTES);
  }

  /** Writes numbers on the host, and returns the bytes that they take. */
  long put(long[] values, int count) {
    return put(MemorySegment.ofArray(values), (long) count * Long.BYTES);
  }

  /** Writes numbers on the host, and returns the bytes that they take. */
  long put(short[] values, int count) {
    return put(MemorySegment.ofArray(values), (long) count * Short.BYTES);
  }

  private long put(MemorySegment values, long bytes) {
    host.copyFrom(values.asSlice(0, bytes));
    return bytes;
  }

  /** Sends what the host has written to the beginning of its memory. */
  void send(long bytes) {
    send(bytes, DeviceMemory::upload);
  }

  /** Sends the same by another way than the card's own stream. */
  void send(long bytes, BiConsumer<DeviceMemory, MemorySegment> way) {
    if (bytes > 0) {
      way.accept(device, host.asSlice(0, bytes));
    }
  }
}
