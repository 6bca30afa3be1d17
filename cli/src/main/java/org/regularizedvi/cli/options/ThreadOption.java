package org.regularizedvi.cli.options;

import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.input.InputException;
import picocli.CommandLine.Option;

/** Holds {@code --threads}. */
public final class ThreadOption {
  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with (default: as many as processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * Sets the threads of this process.
   *
   * @throws InputException when there is not at least one
   */
  public void apply() {
    if (threads < 1) {
      throw new InputException("threads must be at least 1, but is %d.".formatted(threads));
    }
    Processor.setThreads(threads);
  }
}
