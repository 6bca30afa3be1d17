package org.regularizedvi.model.net;

/**
 * A stored tensor: its name, its shape, how it starts and what becomes of it in training.
 *
 * @param lrMultiplier factor on its learning rate
 */
public record ParameterSpec(
    String name, long[] shape, Start start, Role role, double lrMultiplier) {
  /** What training does with a stored tensor. */
  public enum Role {
    /** Follows its gradient. */
    TRAINED,
    /** Nothing uses it; kept so that models travel. */
    UNUSED,
    /** Collected over minibatches by batch norm. */
    STATISTIC
  }

  /** How a tensor's entries start. */
  public sealed interface Start {
    /** Uniform within a bound on either side of zero. */
    record Uniform(double bound) implements Start {}

    /** Normal. */
    record Normal(double mean, double standardDeviation) implements Start {}

    /** Normal around a mean of each entry's own. */
    record NormalAround(float[] means, double standardDeviation) implements Start {}

    /** One value. */
    record Constant(double value) implements Start {}
  }

  public int size() {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    return Math.toIntExact(size);
  }
}
