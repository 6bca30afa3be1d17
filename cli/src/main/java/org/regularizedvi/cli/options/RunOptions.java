package org.regularizedvi.cli.options;

import org.regularizedvi.data.InputException;
import org.regularizedvi.model.torch.Processor;
import picocli.CommandLine.Option;

/** What a run's numbers and time depend on besides its data. */
public final class RunOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of matrix products (default: as many as processors).")
  private int threads = Runtime.getRuntime().availableProcessors();

  public long seed() {
    return seed;
  }

  /** Sets the threads of this process. */
  public void apply() {
    if (threads < 1) {
      throw new InputException("threads must be at least 1, but is %d.".formatted(threads));
    }
    Processor.setThreads(threads);
  }
}
