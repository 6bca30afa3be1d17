package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Holds the constants of Adam with an L2 term in the gradient (Kingma and Ba 2015).
 *
 * @param lr the learning rate, the highest of its schedule, above 0
 * @param lrSchedule how the learning rate changes over the steps
 * @param beta1 the decay of the first moment, at least 0 and below 1
 * @param beta2 the decay of the second moment, at least 0 and below 1
 * @param eps what is added to the root of the second moment, above 0
 * @param weightDecay the factor on a parameter in what is added to its gradient, 0 or more
 */
public record OptimiserConfig(
    @Option(help = "Learning rate, the highest") double lr,
    @Option(help = "constant, or cosine: falls to 0 at the last epoch") LrSchedule lrSchedule,
    double beta1,
    double beta2,
    @Option(help = "Adam's epsilon") double eps,
    @Option(help = "L2 term") double weightDecay) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public OptimiserConfig {
    Checks.positive("lr", lr);
    Checks.within("beta1", beta1, 0, 1);
    Checks.within("beta2", beta2, 0, 1);
    Checks.positive("eps", eps);
    Checks.notNegative("weight_decay", weightDecay);
  }

  /** {@return a rate of 0.008 that follows a cosine} */
  public static OptimiserConfig recommended() {
    return new OptimiserConfig(8e-3, LrSchedule.COSINE, 0.9, 0.999, 0.01, 1e-6);
  }

  /** {@return a constant rate of 0.001} */
  public static OptimiserConfig published() {
    return new OptimiserConfig(1e-3, LrSchedule.CONSTANT, 0.9, 0.999, 0.01, 1e-6);
  }

  /**
   * {@return the same with another learning rate}
   *
   * @param rate the learning rate, above 0
   */
  public OptimiserConfig withLr(double rate) {
    return Records.with(this, "lr", rate);
  }
}
