package org.regularizedvi.spark.question;

import org.regularizedvi.cli.options.SeedOption;
import picocli.CommandLine.Mixin;

/** Asks how well a model explains cells, all together. */
public final class Evaluation extends ModelQuestion {
  @Mixin private SeedOption seed;

  /** {@return the start of the draws} */
  public long seed() {
    return seed.seed();
  }
}
