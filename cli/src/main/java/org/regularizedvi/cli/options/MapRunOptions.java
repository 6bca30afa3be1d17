package org.regularizedvi.cli.options;

import picocli.CommandLine.Mixin;

/** What the numbers and the time of a map depend on besides its data: no model is computed. */
public final class MapRunOptions {
  @Mixin private SeedOption seed;

  @Mixin private ThreadOption threads;

  /** The seed that everything random is a function of. */
  public long seed() {
    return seed.seed();
  }

  /** Sets what holds for the process. */
  public void apply() {
    threads.apply();
  }
}
