package org.regularizedvi.core.machine;

import java.util.Optional;

/** Tells whether something was thrown because memory ran out, and whose. */
public enum OutOfMemory {
  /** The heap, and what the JVM reserves beside it: bounded by -Xmx. */
  JAVA,
  /** What the machine itself has, for libtorch and arenas. */
  NATIVE;

  /** Looks through what was thrown and its causes. */
  public static Optional<OutOfMemory> in(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage() == null ? "" : t.getMessage();
      if (t instanceof OutOfMemoryError) {
        boolean machine =
            message.contains("Unable to allocate") || message.contains("native thread");
        return Optional.of(machine ? NATIVE : JAVA);
      }
      // What a class that could not be loaded says of the reason.
      if (t instanceof ExceptionInInitializerError && message.contains("OutOfMemoryError")) {
        return Optional.of(JAVA);
      }
      if (message.contains("can't allocate memory") || message.contains("std::bad_alloc")) {
        return Optional.of(NATIVE);
      }
    }
    return Optional.empty();
  }
}
