package org.regularizedvi.core.config;

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
    double lr, LrSchedule lrSchedule, double beta1, double beta2, double eps, double weightDecay) {
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
    return new OptimiserConfig(rate, lrSchedule, beta1, beta2, eps, weightDecay);
  }
}
