package org.regularizedvi.cli.options;

import picocli.CommandLine.Option;

/** Holds {@code --seed}. */
public final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Start of all randomness (default: ${DEFAULT-VALUE}).")
  private long seed;

  /** {@return the seed that everything random is a function of} */
  public long seed() {
    return seed;
  }
}
