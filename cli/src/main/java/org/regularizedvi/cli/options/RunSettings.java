package org.regularizedvi.cli.options;

/**
 * Says what a training depends on besides its data and its model.
 *
 * @param seed start of all randomness
 * @param memory what becomes of one that needs more memory than there is
 * @param onDisk whether counts are kept on disk even where memory holds them
 */
public record RunSettings(long seed, MemoryCheck memory, boolean onDisk) {
  /**
   * {@return seed 0; a training that needs more memory than there is, even with counts on disk, is
   * refused}
   */
  public static RunSettings defaults() {
    return new RunSettings(0, MemoryCheck.REFUSE, false);
  }
}
