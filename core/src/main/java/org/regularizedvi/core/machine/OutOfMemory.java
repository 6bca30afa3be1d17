package org.regularizedvi.core.machine;

import java.util.Optional;

/** Tells whether something was thrown because memory ran out, and whose memory it was. */
public enum OutOfMemory {
  /** The heap, or memory that the JVM reserves beside it, which -Xmx bounds. */
  JAVA,
  /** The memory of the machine itself, which arenas take. */
  NATIVE;

  /**
   * {@return whose memory ran out, judged by what was thrown and its causes; empty for anything
   * else}
   *
   * @param thrown what was thrown
   */
  public static Optional<OutOfMemory> in(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage() == null ? "" : t.getMessage();
      if (t instanceof OutOfMemoryError) {
        boolean machine =
            message.contains("Unable to allocate") || message.contains("native thread");
        return Optional.of(machine ? NATIVE : JAVA);
      }
      // A class that could not be loaded gives this as the reason.
      if (t instanceof ExceptionInInitializerError && message.contains("OutOfMemoryError")) {
        return Optional.of(JAVA);
      }
    }
    return Optional.empty();
  }
}
