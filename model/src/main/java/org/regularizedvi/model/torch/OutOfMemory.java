package org.regularizedvi.model.torch;

import java.util.Optional;

/** Tells whether something was thrown because memory ran out, and whose. */
public enum OutOfMemory {
  /** The heap, as -Xmx bounds it. */
  JAVA,
  /** What libtorch and we take from the machine itself. */
  NATIVE;

  /** Looks through what was thrown and its causes. */
  public static Optional<OutOfMemory> in(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = t.getMessage() == null ? "" : t.getMessage();
      if (t instanceof OutOfMemoryError) {
        boolean heap = message.contains("heap") || message.contains("Requested array size");
        return Optional.of(heap || message.contains("GC overhead") ? JAVA : NATIVE);
      }
      if (message.contains("can't allocate memory") || message.contains("std::bad_alloc")) {
        return Optional.of(NATIVE);
      }
    }
    return Optional.empty();
  }
}
