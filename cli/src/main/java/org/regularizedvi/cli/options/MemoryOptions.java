package org.regularizedvi.cli.options;

import org.regularizedvi.cells.store.DiskReads;
import picocli.CommandLine.Option;

/** Holds {@code --on-disk} and {@code --ignore-memory-estimate}. */
public final class MemoryOptions {
  static final String NAME = "--ignore-memory-estimate";

  @Option(
      names = "--on-disk",
      description =
          "Keep the counts in a temporary file beside the output instead of in memory, to the same"
              + " bits (default: when memory does not hold them).")
  private boolean onDisk;

  @Option(
      names = "--disk-reads",
      paramLabel = "HOW",
      description =
          "Of counts on disk. random: each cell when its minibatch is due; dealt: all in a run once an"
              + " epoch, into a temporary file of the same size in the epoch's order, to the same bits"
              + " (default: measured, dealt where the disk is slow at single cells).")
  private DiskReads diskReads = DiskReads.MEASURED;

  @Option(
      names = NAME,
      description =
          "Train, with a warning, although more memory than this machine has is probably needed"
              + " (default: such a training is refused).")
  private boolean ignore;

  /** {@return whether counts are kept on disk in any case} */
  public boolean onDisk() {
    return onDisk;
  }

  /** {@return how cells are read from disk} */
  public DiskReads diskReads() {
    return diskReads;
  }

  /** {@return what becomes of a training that needs more memory than there is} */
  public MemoryCheck toCheck() {
    return ignore ? MemoryCheck.WARN : MemoryCheck.REFUSE;
  }
}
