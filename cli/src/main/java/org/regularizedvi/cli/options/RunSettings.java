package org.regularizedvi.cli.options;

/**
 * What a training depends on besides its data and its model.
 *
 * @param seed start of all randomness
 * @param memory what becomes of one that needs more memory than there is
 */
public record RunSettings(long seed, MemoryCheck memory) {
  /** Seed 0; what needs more memory than there is, is refused. */
  public static RunSettings defaults() {
    return new RunSettings(0, MemoryCheck.REFUSE);
  }
}
