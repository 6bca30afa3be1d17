package org.regularizedvi.gpu.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import org.regularizedvi.gpu.driver.Driver.Function;
import org.regularizedvi.input.InputException;

/**
 * A card with its driver, one module of kernels and one stream, in which everything happens in the
 * order in which it was asked for but what a {@link CopyStream} is asked for.
 *
 * <p>To be used by one thread at a time, any of them once it has called {@link #enter}.
 */
public final class Device implements AutoCloseable {
  private static final int MAJOR = 75;
  private static final int MINOR = 76;
  private static final int DYNAMIC_SHARED_BYTES = 8;

  private final Driver driver;
  private final int device;
  private final DeviceFacts facts;
  private final MemorySegment context;
  private final MemorySegment module;
  private final MemorySegment stream;

  /** Gives back what the driver has handed out, the last first. */
  private final Deque<Runnable> held = new ArrayDeque<>();

  /**
   * Opens a card and compiles the kernels for it, which the driver remembers.
   *
   * @param driver calls it
   * @param place which card, from 0
   * @param code the module, PTX
   */
  private Device(Driver driver, int place, String code) {
    this.driver = driver;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      driver.call(Function.DEVICE, out, place);
      this.device = out.get(JAVA_INT, 0);
      this.facts = facts(driver, device);
      driver.call(Function.RETAIN, out, device);
      held.push(() -> driver.call(Function.RELEASE, device));
      this.context = out.get(ADDRESS, 0);
      enter();
      driver.call(Function.STREAM, out, 0);
      MemorySegment ownStream = out.get(ADDRESS, 0);
      held.push(() -> driver.call(Function.DESTROY_STREAM, ownStream));
      this.stream = ownStream;
      driver.call(Function.MODULE, out, arena.allocateFrom(code));
      MemorySegment ownModule = out.get(ADDRESS, 0);
      held.push(() -> driver.call(Function.UNLOAD, ownModule));
      this.module = ownModule;
    } catch (RuntimeException | Error e) {
      giveBack();
      throw e;
    }
  }

  private void giveBack() {
    while (!held.isEmpty()) {
      held.pop().run();
    }
  }

  private static DeviceFacts facts(Driver driver, int device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      MemorySegment name = arena.allocate(256);
      driver.call(Function.NAME, name, 256, device);
      driver.call(Function.VERSION, out);
      int version = out.get(JAVA_INT, 0);
      driver.call(Function.ATTRIBUTE, out, MAJOR, device);
      int major = out.get(JAVA_INT, 0);
      driver.call(Function.ATTRIBUTE, out, MINOR, device);
      int minor = out.get(JAVA_INT, 0);
      driver.call(Function.MEMORY, out, device);
      return new DeviceFacts(name.getString(0), version, major, minor, out.get(JAVA_LONG, 0));
    }
  }

  /**
   * {@return what the first card is, without opening it}
   *
   * @param library name or path of the driver's library
   * @throws MissingDeviceException when there is no driver or no card
   */
  public static DeviceFacts look(String library) {
    Driver driver = driver(library);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      driver.call(Function.DEVICE, out, 0);
      return facts(driver, out.get(JAVA_INT, 0));
    }
  }

  /**
   * {@return the first card, opened}
   *
   * @param library name or path of the driver's library
   * @param code the module of kernels, PTX
   * @throws MissingDeviceException when there is no driver or no card
   */
  public static Device open(String library, String code) {
    return new Device(driver(library), 0, code);
  }

  /** {@return the library that comes with every driver} */
  public static String library() {
    return Driver.LIBRARY;
  }

  private static Driver driver(String library) {
    Driver driver;
    try {
      driver = new Driver(library);
    } catch (IllegalArgumentException e) {
      throw new MissingDeviceException(
          "no NVIDIA driver was found, whose library is %s".formatted(library), e);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_INT);
      driver.call(Function.INIT, 0);
      driver.call(Function.COUNT, out);
      if (out.get(JAVA_INT, 0) == 0) {
        throw new MissingDeviceException("the NVIDIA driver finds no card");
      }
    } catch (DriverException e) {
      throw new MissingDeviceException(
          "the NVIDIA driver finds no card that it can use: %s".formatted(e.getMessage()), e);
    }
    return driver;
  }

  /** {@return what card this is} */
  public DeviceFacts facts() {
    return facts;
  }

  /** Makes the calling thread one that calls this card. */
  public void enter() {
    driver.call(Function.CURRENT, context);
  }

  /**
   * {@return a kernel of the module}
   *
   * @param name its name
   * @param sharedBytes shared memory that each block of it has
   */
  public Kernel kernel(String name, int sharedBytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      driver.call(Function.KERNEL, out, module, arena.allocateFrom(name));
      MemorySegment kernel = out.get(ADDRESS, 0);
      driver.call(Function.KERNEL_ATTRIBUTE, kernel, DYNAMIC_SHARED_BYTES, sharedBytes);
      return new Kernel(name, kernel, sharedBytes);
    }
  }

  /** {@return the bytes of its memory that nobody has taken} */
  public long bytesLeft() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment left = arena.allocate(JAVA_LONG);
      driver.call(Function.LEFT, left, arena.allocate(JAVA_LONG));
      return left.get(JAVA_LONG, 0);
    }
  }

  void launch(Launch launch) {
    driver.launch(launch.kernel(), launch.shape(), stream, launch.arguments());
  }

  /** Waits until everything that was asked for has happened. */
  public void await() {
    driver.call(Function.SYNCHRONISE, stream);
  }

  /** Takes memory, or throws an {@link InputException} when the card has too little. */
  long allocate(long bytes) {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment out = own.allocate(JAVA_LONG);
      driver.call(Function.ALLOCATE, out, bytes);
      return out.get(JAVA_LONG, 0);
    } catch (DriverException e) {
      if (!e.outOfMemory()) {
        throw e;
      }
      throw new InputException(
          "The card %s has %.2f GB of memory left, but %.2f GB more are needed; expected a smaller --batch-size, fewer features, or --device cpu."
              .formatted(facts.name(), bytesLeft() * 1e-9, bytes * 1e-9),
          e);
    }
  }

  void free(long address) {
    driver.call(Function.FREE, address);
  }

  void clear(long address, long bytes) {
    driver.call(Function.FILL, address, (byte) 0, bytes);
  }

  /** Takes pinned memory, or throws an {@link InputException} when the host has too little. */
  @SuppressWarnings("restricted") // calls into a native library by design
  MemorySegment allocateHost(long bytes) {
    try (Arena own = Arena.ofConfined()) {
      MemorySegment out = own.allocate(ADDRESS);
      driver.call(Function.ALLOCATE_HOST, out, bytes);
      return out.get(ADDRESS, 0).reinterpret(bytes);
    } catch (DriverException e) {
      if (!e.outOfMemory()) {
        throw e;
      }
      throw new InputException(
          "The card %s needs %.2f GB of this machine's memory to copy from, but there is not so much; expected a smaller --batch-size, or --device cpu."
              .formatted(facts.name(), bytes * 1e-9),
          e);
    }
  }

  void freeHost(MemorySegment memory) {
    driver.call(Function.FREE_HOST, memory);
  }

  void upload(long to, MemorySegment from, long bytes) {
    driver.call(Function.UPLOAD, to, from, bytes, stream);
  }

  void download(MemorySegment to, long from, long bytes) {
    driver.call(Function.DOWNLOAD, to, from, bytes, stream);
  }

  /** {@return what calls the card} */
  Driver driver() {
    return driver;
  }

  /** {@return the stream in which kernels run} */
  MemorySegment stream() {
    return stream;
  }

  @Override
  public void close() {
    enter();
    giveBack();
  }
}
