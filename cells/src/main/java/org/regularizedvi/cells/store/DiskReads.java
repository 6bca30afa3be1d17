package org.regularizedvi.cells.store;

/** Says how the cells of minibatches are read from a disk. */
public enum DiskReads {
  /** By what the disk gives in a trial at the start. */
  MEASURED,
  /** Each cell where it lies, when its minibatch is due. */
  RANDOM,
  /** All in a run once an epoch, into a temporary file in the epoch's order. */
  DEALT
}
