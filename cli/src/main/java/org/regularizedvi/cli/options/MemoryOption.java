package org.regularizedvi.cli.options;

import picocli.CommandLine.Option;

/** Holds {@code --ignore-memory-estimate}. */
public final class MemoryOption {
  static final String NAME = "--ignore-memory-estimate";

  @Option(
      names = NAME,
      description =
          "Train, with a warning, although more memory than this machine has is probably needed"
              + " (default: such a training is refused).")
  private boolean ignore;

  /** {@return what becomes of a training that needs more memory than there is} */
  public MemoryCheck toCheck() {
    return ignore ? MemoryCheck.WARN : MemoryCheck.REFUSE;
  }
}
