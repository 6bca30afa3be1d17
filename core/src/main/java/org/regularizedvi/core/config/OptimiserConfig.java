package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Adam with an L2 term in the gradient (Kingma and Ba 2015).
 *
 * @param lr learning rate, the highest of its schedule
 * @param lrSchedule how it changes over the steps
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param eps added to the root of the second moment
 * @param weightDecay times the parameter, added to its gradient
 */
public record OptimiserConfig(
    @Option(help = "Learning rate, the highest") double lr,
    @Option(help = "constant, or cosine: falls to 0 at the last epoch") LrSchedule lrSchedule,
    double beta1,
    double beta2,
    @Option(help = "Adam's epsilon") double eps,
    @Option(help = "L2 term") double weightDecay) {
  public OptimiserConfig {
    Checks.positive("lr", lr);
    Checks.within("beta1", beta1, 0, 1);
    Checks.within("beta2", beta2, 0, 1);
    Checks.positive("eps", eps);
    Checks.notNegative("weight_decay", weightDecay);
  }

  public static OptimiserConfig recommended() {
    return new OptimiserConfig(8e-3, LrSchedule.COSINE, 0.9, 0.999, 0.01, 1e-6);
  }

  public static OptimiserConfig published() {
    return new OptimiserConfig(1e-3, LrSchedule.CONSTANT, 0.9, 0.999, 0.01, 1e-6);
  }

  public OptimiserConfig withLr(double rate) {
    return Records.with(this, "lr", rate);
  }
}
