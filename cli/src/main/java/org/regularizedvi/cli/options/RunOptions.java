package org.regularizedvi.cli.options;

import picocli.CommandLine.Mixin;

/** What the numbers and the time of a run of a model depend on besides its data. */
public final class RunOptions {
  @Mixin private SeedOption seed;

  @Mixin private ComputeOptions compute;

  /** The seed that everything random is a function of. */
  public long seed() {
    return seed.seed();
  }

  /** Sets what holds for the process. */
  public void apply() {
    compute.apply();
  }
}
