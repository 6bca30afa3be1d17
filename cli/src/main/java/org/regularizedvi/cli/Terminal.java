package org.regularizedvi.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;

/** Asks the operating system about the process's standard streams. */
final class Terminal {
  private static final int STANDARD_ERROR = 2;

  private Terminal() {}

  /**
   * Puts standard error back where the caller of the launcher had it.
   *
   * <p>The launcher starts the JVM with a filter as standard error, which drops what the JVM says
   * of incubator modules, and keeps the true one under the number in the property {@code
   * regularizedvi.stderr}. From here on everything, native code included, writes to the true one.
   */
  static void restoreStandardError() {
    int kept = Integer.getInteger("regularizedvi.stderr", STANDARD_ERROR);
    if (kept != STANDARD_ERROR) {
      call("dup2", kept, STANDARD_ERROR);
      call("close", kept);
    }
  }

  /** Tells whether somebody is looking at standard error. */
  static boolean showsStandardError() {
    return call("isatty", STANDARD_ERROR).orElse(0) == 1;
  }

  /** Calls a function of the C library; empty where there is no such function. */
  @SuppressWarnings("restricted") // calls into the C library by design
  private static Optional<Integer> call(String function, int... arguments) {
    Linker linker = Linker.nativeLinker();
    ValueLayout.OfInt[] layouts = new ValueLayout.OfInt[arguments.length];
    Arrays.fill(layouts, ValueLayout.JAVA_INT);
    return linker
        .defaultLookup()
        .find(function)
        .map(
            address -> {
              MethodHandle handle =
                  linker.downcallHandle(
                      address, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts));
              try {
                return (int)
                    handle.asSpreader(int[].class, arguments.length).invokeExact(arguments);
              } catch (Throwable e) {
                throw new IllegalStateException(function, e);
              }
            });
  }
}
