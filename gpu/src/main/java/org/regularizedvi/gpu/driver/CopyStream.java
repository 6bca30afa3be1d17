package org.regularizedvi.gpu.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.regularizedvi.gpu.driver.Driver.Function;

/**
 * A stream of copies to the card, beside the one in which kernels run: both go on at once, each in
 * its own order, until the card is told to wait.
 */
public final class CopyStream implements AutoCloseable {
  private static final int WITHOUT_TIMING = 2;

  private final Device device;
  private final MemorySegment stream;
  private final MemorySegment copied;

  /**
   * Makes a stream in which nothing happens yet.
   *
   * @param device the card, to be closed after this
   */
  public CopyStream(Device device) {
    this.device = device;
    Driver driver = device.driver();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      driver.call(Function.STREAM, out, 0);
      this.stream = out.get(ADDRESS, 0);
      try {
        driver.call(Function.EVENT, out, WITHOUT_TIMING);
      } catch (DriverException e) {
        driver.call(Function.DESTROY_STREAM, stream);
        throw e;
      }
      this.copied = out.get(ADDRESS, 0);
    }
  }

  /**
   * Copies to the beginning of a piece of memory, whatever kernels do meanwhile.
   *
   * @param to what no kernel uses until {@link #holdBack} was called
   * @param from pinned memory, which must stay as it is until {@link #await} returns, or whoever
   *     waits for kernels that were held back
   */
  public void upload(DeviceMemory to, MemorySegment from) {
    DeviceMemory own = to.slice(0, from.byteSize());
    device.driver().call(Function.UPLOAD, own.address(), from, own.bytes(), stream);
  }

  /** Has the card begin what it is asked for from now on when the copies until now are there. */
  public void holdBack() {
    device.driver().call(Function.RECORD, copied, stream);
    device.driver().call(Function.WAIT, device.stream(), copied, 0);
  }

  /** Waits until all copies have been made. */
  public void await() {
    device.driver().call(Function.SYNCHRONISE, stream);
  }

  @Override
  public void close() {
    await();
    device.driver().call(Function.DESTROY_EVENT, copied);
    device.driver().call(Function.DESTROY_STREAM, stream);
  }
}
