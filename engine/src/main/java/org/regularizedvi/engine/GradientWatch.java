package org.regularizedvi.engine;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.regularizedvi.kernel.optimiser.Finite;

/**
 * Sees every gradient of a step before the optimiser takes it, and remembers the parameter of the
 * first that is not finite, in the order in which they are computed: the head first, then what lies
 * before it.
 */
public final class GradientWatch {
  private final AtomicReference<String> first = new AtomicReference<>();

  /**
   * Looks at a gradient, or a piece of one; from any thread.
   *
   * @param parameter its name
   * @param values float32 in native memory, {@code count} of them
   * @param count how many of the values to look at
   */
  public void see(String parameter, MemorySegment values, long count) {
    if (!Finite.all(values, count)) {
      first.compareAndSet(null, parameter);
    }
  }

  /**
   * {@return the parameter whose gradient was the first that is not finite; empty when all were
   * finite}
   */
  public Optional<String> first() {
    return Optional.ofNullable(first.get());
  }
}
