package org.regularizedvi.gpu.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Owns pieces of a card's memory, and of pinned memory of the host, until it is closed. */
public final class DeviceArena implements AutoCloseable {
  private final Device device;
  private final List<Long> addresses = new ArrayList<>();
  private final List<MemorySegment> pinned = new ArrayList<>();
  private long bytes;

  /**
   * Owns nothing yet.
   *
   * @param device whose memory it takes
   */
  public DeviceArena(Device device) {
    this.device = device;
  }

  /**
   * {@return memory of zeros}
   *
   * @param length in bytes, at least 1
   */
  public DeviceMemory zeros(long length) {
    DeviceMemory memory = take(length);
    device.clear(memory.address(), length);
    return memory;
  }

  private DeviceMemory take(long length) {
    long address = device.allocate(length);
    addresses.add(address);
    bytes += length;
    return new DeviceMemory(device, address, length);
  }

  /**
   * {@return memory of so many float32 or whole numbers, all 0}
   *
   * @param count how many
   */
  public DeviceMemory words(long count) {
    return zeros(Math.max(1, count) * Integer.BYTES);
  }

  /**
   * {@return memory of so many float64 numbers, all 0}
   *
   * @param count how many
   */
  public DeviceMemory doubles(long count) {
    return zeros(Math.max(1, count) * Double.BYTES);
  }

  /**
   * {@return memory with these numbers}
   *
   * @param values float32
   */
  public DeviceMemory of(float[] values) {
    return copy(MemorySegment.ofArray(values));
  }

  /**
   * {@return memory with these numbers}
   *
   * @param values whole numbers
   */
  public DeviceMemory of(int[] values) {
    return copy(MemorySegment.ofArray(values));
  }

  /**
   * {@return memory with these numbers}
   *
   * @param values float64
   */
  public DeviceMemory of(double[] values) {
    return copy(MemorySegment.ofArray(values));
  }

  /**
   * {@return memory with these numbers}
   *
   * @param values 16 bits each
   */
  public DeviceMemory of(short[] values) {
    return copy(MemorySegment.ofArray(values));
  }

  private DeviceMemory copy(MemorySegment values) {
    if (values.byteSize() == 0) {
      return zeros(1);
    }
    DeviceMemory memory = take(values.byteSize());
    try (Arena host = Arena.ofConfined()) {
      memory.upload(host.allocate(values.byteSize(), Long.BYTES).copyFrom(values));
      device.await();
    }
    return memory;
  }

  /**
   * {@return memory of the host that the card copies from and to by itself}
   *
   * @param length in bytes, at least 1
   */
  public MemorySegment pinned(long length) {
    MemorySegment memory = device.allocateHost(length);
    pinned.add(memory);
    return memory;
  }

  /** {@return how many bytes of the card's memory it owns} */
  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    addresses.forEach(device::free);
    pinned.forEach(device::freeHost);
    addresses.clear();
    pinned.clear();
    bytes = 0;
  }
}
