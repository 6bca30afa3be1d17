package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.engine.Question;
import picocli.CommandLine.Mixin;

/**
 * Holds the options that the numbers and the time of a run of a model depend on besides its data.
 */
public final class RunOptions {
  @Mixin private SeedOption seed;

  @Mixin private ComputeOptions compute;

  /** {@return the seed that everything random is a function of} */
  public long seed() {
    return seed.seed();
  }

  /**
   * Sets the threads of this process and the engine that answers.
   *
   * @param question what is asked
   */
  public void apply(Question question) {
    compute.apply(question);
  }

  /**
   * Sets the threads of this process and the engine that trains.
   *
   * @param before the engine of a training that was interrupted, which goes on unless another is
   *     named
   */
  public void applyToTraining(Optional<String> before) {
    compute.applyToTraining(before);
  }

  /** {@return whether a device or an engine is named} */
  public boolean namesDevice() {
    return compute.namesDevice();
  }

  /**
   * Sets the engine that trains.
   *
   * @param number of threads of this process, whatever the options say
   */
  public void applyToTraining(int number) {
    compute.applyToTraining(number);
  }
}
