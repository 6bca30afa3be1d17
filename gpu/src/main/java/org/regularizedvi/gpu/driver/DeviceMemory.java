package org.regularizedvi.gpu.driver;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A piece of the card's memory.
 *
 * @param device whose memory it is
 * @param address where it begins; 0 for none
 * @param bytes its length
 */
public record DeviceMemory(Device device, long address, long bytes) {
  /** Stands for memory that is not there: a null pointer. */
  public static final DeviceMemory NONE = new DeviceMemory(null, 0, 0);

  /**
   * {@return a part of it}
   *
   * @param from where the part begins, in bytes
   * @param length of the part
   */
  public DeviceMemory slice(long from, long length) {
    if (from < 0 || length < 0 || from + length > bytes) {
      throw new IndexOutOfBoundsException(
          "Bytes %d to %d of %d".formatted(from, from + length, bytes));
    }
    return new DeviceMemory(device, address + from, length);
  }

  /**
   * Copies to its beginning; where the source is not pinned, this waits for the card.
   *
   * @param from native memory, which must stay as it is until the card has come so far
   */
  public void upload(MemorySegment from) {
    slice(0, from.byteSize());
    device.upload(address, from, from.byteSize());
  }

  /**
   * Copies its beginning.
   *
   * @param to native memory, filled once {@link Device#await} returns
   */
  public void download(MemorySegment to) {
    slice(0, to.byteSize());
    device.download(to, address, to.byteSize());
  }

  /**
   * {@return the numbers at its beginning, once the card has come so far}
   *
   * @param count how many of float32
   */
  public float[] floats(int count) {
    try (Arena host = Arena.ofConfined()) {
      return copied(host, (long) count * Float.BYTES).toArray(JAVA_FLOAT);
    }
  }

  /**
   * {@return the numbers at its beginning, once the card has come so far}
   *
   * @param count how many of float64
   */
  public double[] doubles(int count) {
    try (Arena host = Arena.ofConfined()) {
      return copied(host, (long) count * Double.BYTES).toArray(JAVA_DOUBLE);
    }
  }

  private MemorySegment copied(Arena host, long length) {
    MemorySegment copy = host.allocate(length, Long.BYTES);
    download(copy);
    device.await();
    return copy;
  }
}
