package org.regularizedvi.formats.hdf5;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Collections;

/**
 * Calls a C function of libhdf5 with its arguments and result widened to 64 bits; pointers are
 * passed as addresses.
 *
 * @param handle of type (long[])long
 */
record Function(String name, MethodHandle handle) {
  private static final SymbolLookup LIBRARY = Hdf5Library.load();

  /**
   * Binds a function.
   *
   * @param signature the result, then the arguments: {@code I} for int, {@code L} for ids, sizes
   *     and pointers, {@code D} for double, of which whole numbers can be given
   */
  @SuppressWarnings("restricted")
  static Function of(String name, String signature) {
    int count = signature.length() - 1;
    MemoryLayout[] arguments = new MemoryLayout[count];
    for (int i = 0; i < count; i++) {
      arguments[i] = layout(signature.charAt(i + 1));
    }
    MethodHandle exact =
        Linker.nativeLinker()
            .downcallHandle(
                LIBRARY.findOrThrow(name),
                FunctionDescriptor.of(layout(signature.charAt(0)), arguments));
    MethodType wide = MethodType.methodType(long.class, Collections.nCopies(count, long.class));
    return new Function(
        name, MethodHandles.explicitCastArguments(exact, wide).asSpreader(long[].class, count));
  }

  /**
   * {@return the value of a global variable that holds an id, such as {@code H5T_NATIVE_FLOAT_g}}
   */
  @SuppressWarnings("restricted")
  static long global(String name) {
    MemorySegment variable = LIBRARY.findOrThrow(name).reinterpret(Long.BYTES);
    return variable.get(ValueLayout.JAVA_LONG, 0);
  }

  /**
   * Calls the function and returns its result, which is never negative.
   *
   * @throws Hdf5Exception when the library reports an error (a negative result)
   */
  long call(long... arguments) {
    long result = raw(arguments);
    if (result < 0) {
      throw ErrorStack.collect(name);
    }
    return result;
  }

  /** Calls the function without a look at the result. */
  long raw(long... arguments) {
    Hdf5Lock.requireHeld();
    try {
      return (long) handle.invokeExact(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException("Calling " + name, e);
    }
  }

  private static ValueLayout layout(char kind) {
    return switch (kind) {
      case 'I' -> ValueLayout.JAVA_INT;
      case 'D' -> ValueLayout.JAVA_DOUBLE;
      default -> ValueLayout.JAVA_LONG;
    };
  }
}
