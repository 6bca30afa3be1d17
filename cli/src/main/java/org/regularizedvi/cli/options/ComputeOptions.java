package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.machine.Processor;
import org.regularizedvi.engine.Question;
import picocli.CommandLine.Mixin;

/** Holds the options that say how a model is computed, which changes the time that it takes. */
public final class ComputeOptions {
  @Mixin private ThreadOption threads;

  @Mixin private DeviceOption device;

  /**
   * Sets the threads of this process and the engine that answers.
   *
   * @param question what is asked
   */
  public void apply(Question question) {
    threads.apply();
    device.apply(question);
  }

  /**
   * Sets the threads of this process and the engine that trains.
   *
   * @param before the engine of a training that was interrupted, which goes on unless another is
   *     named
   */
  public void applyToTraining(Optional<String> before) {
    threads.apply();
    device.applyToTraining(before);
  }

  /** {@return whether a device or an engine is named} */
  public boolean namesDevice() {
    return device.named();
  }

  /**
   * Sets the engine that trains.
   *
   * @param number of threads of this process, whatever the options say
   */
  public void applyToTraining(int number) {
    Processor.setThreads(number);
    device.applyToTraining(Optional.empty());
  }
}
