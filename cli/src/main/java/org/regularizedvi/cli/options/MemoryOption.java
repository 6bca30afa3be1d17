package org.regularizedvi.cli.options;

import picocli.CommandLine.Option;

/** {@code --ignore-memory-estimate}. */
public final class MemoryOption {
  static final String NAME = "--ignore-memory-estimate";

  @Option(
      names = NAME,
      description =
          "Train, with a warning, although more memory than this machine has is probably needed"
              + " (default: such a training is refused).")
  private boolean ignore;

  public MemoryCheck toCheck() {
    return ignore ? MemoryCheck.WARN : MemoryCheck.REFUSE;
  }
}
