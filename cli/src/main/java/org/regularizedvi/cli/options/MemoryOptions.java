package org.regularizedvi.cli.options;

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
      names = NAME,
      description =
          "Train, with a warning, although more memory than this machine has is probably needed"
              + " (default: such a training is refused).")
  private boolean ignore;

  /** {@return whether counts are kept on disk in any case} */
  public boolean onDisk() {
    return onDisk;
  }

  /** {@return what becomes of a training that needs more memory than there is} */
  public MemoryCheck toCheck() {
    return ignore ? MemoryCheck.WARN : MemoryCheck.REFUSE;
  }
}
