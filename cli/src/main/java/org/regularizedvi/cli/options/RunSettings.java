package org.regularizedvi.cli.options;

import org.regularizedvi.cells.store.DiskReads;

/**
 * Says what a training depends on besides its data and its model.
 *
 * @param seed start of all randomness
 * @param memory what becomes of one that needs more memory than there is
 * @param onDisk whether counts are kept on disk even where memory holds them
 * @param diskReads how cells are read from disk
 */
public record RunSettings(long seed, MemoryCheck memory, boolean onDisk, DiskReads diskReads) {
  /**
   * {@return seed 0; a training that needs more memory than there is, even with counts on disk, is
   * refused}
   */
  public static RunSettings defaults() {
    return new RunSettings(0, MemoryCheck.REFUSE, false, DiskReads.MEASURED);
  }
}
