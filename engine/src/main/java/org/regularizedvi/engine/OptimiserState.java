package org.regularizedvi.engine;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Holds what an optimiser remembers of the steps it took: enough to go on as if it had never
 * stopped.
 */
public interface OptimiserState {
  /** {@return the number of steps taken} */
  long steps();

  /** {@return both moments of every tensor by name: its own native memory, float32} */
  SequencedMap<String, MemorySegment> moments();

  /**
   * Takes on what was remembered elsewhere.
   *
   * @param steps number of steps taken
   * @param moments by the names and of the lengths of {@link #moments}
   */
  void restore(long steps, Map<String, float[]> moments);
}
