package org.regularizedvi.cli.options;

import picocli.CommandLine.Mixin;

/** How a model is computed, which changes the time that it takes. */
public final class ComputeOptions {
  @Mixin private ThreadOption threads;

  @Mixin private DeviceOption device;

  /** Sets what holds for the process. */
  public void apply() {
    threads.apply();
    device.apply();
  }
}
