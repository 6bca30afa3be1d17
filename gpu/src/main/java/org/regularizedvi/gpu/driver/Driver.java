package org.regularizedvi.gpu.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.EnumMap;
import java.util.Map;

/**
 * Calls the functions of libcuda, whose binary interface has not changed since CUDA 4: those that
 * have been given another meaning since have names of their own, which end in {@code _v2}.
 */
final class Driver {
  /** The library that comes with every driver. */
  static final String LIBRARY = "libcuda.so.1";

  /** Names the functions that are called, with the types of their arguments. */
  enum Function {
    INIT("cuInit", JAVA_INT),
    VERSION("cuDriverGetVersion", ADDRESS),
    COUNT("cuDeviceGetCount", ADDRESS),
    DEVICE("cuDeviceGet", ADDRESS, JAVA_INT),
    NAME("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT),
    ATTRIBUTE("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT),
    MEMORY("cuDeviceTotalMem_v2", ADDRESS, JAVA_INT),
    RETAIN("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT),
    RELEASE("cuDevicePrimaryCtxRelease_v2", JAVA_INT),
    CURRENT("cuCtxSetCurrent", ADDRESS),
    MODULE("cuModuleLoadData", ADDRESS, ADDRESS),
    UNLOAD("cuModuleUnload", ADDRESS),
    KERNEL("cuModuleGetFunction", ADDRESS, ADDRESS, ADDRESS),
    KERNEL_ATTRIBUTE("cuFuncSetAttribute", ADDRESS, JAVA_INT, JAVA_INT),
    ALLOCATE("cuMemAlloc_v2", ADDRESS, JAVA_LONG),
    FREE("cuMemFree_v2", JAVA_LONG),
    LEFT("cuMemGetInfo_v2", ADDRESS, ADDRESS),
    FILL("cuMemsetD8_v2", JAVA_LONG, JAVA_BYTE, JAVA_LONG),
    ALLOCATE_HOST("cuMemAllocHost_v2", ADDRESS, JAVA_LONG),
    FREE_HOST("cuMemFreeHost", ADDRESS),
    UPLOAD("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS),
    DOWNLOAD("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS),
    STREAM("cuStreamCreate", ADDRESS, JAVA_INT),
    DESTROY_STREAM("cuStreamDestroy_v2", ADDRESS),
    SYNCHRONISE("cuStreamSynchronize", ADDRESS),
    EVENT("cuEventCreate", ADDRESS, JAVA_INT),
    DESTROY_EVENT("cuEventDestroy_v2", ADDRESS),
    RECORD("cuEventRecord", ADDRESS, ADDRESS),
    WAIT("cuStreamWaitEvent", ADDRESS, ADDRESS, JAVA_INT),
    LAUNCH(
        "cuLaunchKernel",
        ADDRESS,
        JAVA_INT,
        JAVA_INT,
        JAVA_INT,
        JAVA_INT,
        JAVA_INT,
        JAVA_INT,
        JAVA_INT,
        ADDRESS,
        ADDRESS,
        ADDRESS),
    ERROR_NAME("cuGetErrorName", JAVA_INT, ADDRESS),
    ERROR_WORDS("cuGetErrorString", JAVA_INT, ADDRESS);

    private final String symbol;
    private final FunctionDescriptor type;

    Function(String symbol, MemoryLayout... arguments) {
      this.symbol = symbol;
      this.type = FunctionDescriptor.of(JAVA_INT, arguments);
    }
  }

  private final Map<Function, MethodHandle> handles = new EnumMap<>(Function.class);
  private final MethodHandle launch;

  /**
   * Finds the functions.
   *
   * @param library name or path of the library, which stays loaded
   * @throws IllegalArgumentException when there is no such library, or it lacks a function
   */
  @SuppressWarnings("restricted") // calls into a native library by design
  Driver(String library) {
    SymbolLookup symbols = SymbolLookup.libraryLookup(library, Arena.global());
    Linker linker = Linker.nativeLinker();
    for (Function function : Function.values()) {
      MemorySegment address =
          symbols
              .find(function.symbol)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s has no function %s".formatted(library, function.symbol)));
      handles.put(function, linker.downcallHandle(address, function.type));
    }
    this.launch = handles.get(Function.LAUNCH);
    handles.replaceAll(
        (function, handle) ->
            handle.asSpreader(Object[].class, function.type.argumentLayouts().size()));
  }

  /**
   * Calls a function.
   *
   * @param function which one
   * @param arguments of the types that it has
   * @throws DriverException when it fails
   */
  void call(Function function, Object... arguments) {
    check(function, answer(function, arguments));
  }

  private int answer(Function function, Object... arguments) {
    try {
      return (int) handles.get(function).invoke(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(function.symbol, e);
    }
  }

  /**
   * Launches a kernel; no objects are made on the way, unlike in {@link #call}.
   *
   * @param kernel what runs
   * @param shape of the launch
   * @param stream that it is put into
   * @param arguments addresses of the kernel's arguments
   */
  void launch(Kernel kernel, LaunchShape shape, MemorySegment stream, MemorySegment arguments) {
    int answer;
    try {
      answer =
          (int)
              launch.invokeExact(
                  kernel.address(),
                  shape.columns(),
                  shape.rows(),
                  shape.layers(),
                  LaunchShape.THREADS,
                  1,
                  1,
                  kernel.sharedBytes(),
                  stream,
                  arguments,
                  MemorySegment.NULL);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(Function.LAUNCH.symbol, e);
    }
    check(Function.LAUNCH, answer);
  }

  private void check(Function function, int answer) {
    if (answer != 0) {
      throw new DriverException(
          function.symbol,
          answer,
          "%s (%s)"
              .formatted(text(Function.ERROR_NAME, answer), text(Function.ERROR_WORDS, answer)));
    }
  }

  @SuppressWarnings("restricted") // calls into a native library by design
  private String text(Function function, int code) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ADDRESS);
      return answer(function, code, out) == 0
          ? out.get(ADDRESS, 0).reinterpret(Long.MAX_VALUE).getString(0)
          : "which it has no words for";
    }
  }
}
