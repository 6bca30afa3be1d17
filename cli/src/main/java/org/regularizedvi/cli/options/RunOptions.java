package org.regularizedvi.cli.options;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a run's numbers and time depend on besides its data. */
public final class RunOptions {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private ThreadOption threads;

  public long seed() {
    return seed;
  }

  /** Sets what holds for the process. */
  public void apply() {
    threads.apply();
  }
}
