package org.regularizedvi.cli.options;

import picocli.CommandLine.Mixin;

/**
 * Holds the options that the numbers and the time of a map depend on besides its data: no model is
 * computed.
 */
public final class MapRunOptions {
  @Mixin private SeedOption seed;

  @Mixin private ThreadOption threads;

  /** {@return the seed that everything random is a function of} */
  public long seed() {
    return seed.seed();
  }

  /** Sets the threads of this process. */
  public void apply() {
    threads.apply();
  }
}
