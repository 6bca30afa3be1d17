package org.regularizedvi.cli.options;

/**
 * Says what a training depends on besides its data and its model.
 *
 * @param seed start of all randomness
 * @param memory what becomes of one that needs more memory than there is
 */
public record RunSettings(long seed, MemoryCheck memory) {
  /** {@return seed 0; a training that needs more memory than there is, is refused} */
  public static RunSettings defaults() {
    return new RunSettings(0, MemoryCheck.REFUSE);
  }
}
