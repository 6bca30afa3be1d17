package org.regularizedvi.cli.options;

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

  /** Sets the threads of this process and the engine that trains. */
  public void applyToTraining() {
    threads.apply();
    device.applyToTraining();
  }

  /**
   * Sets the threads of this process and the engine that goes on with a training.
   *
   * @param before the engine that it began with, which goes on unless another is named
   */
  public void applyToTraining(String before) {
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
    device.applyToTraining();
  }
}
