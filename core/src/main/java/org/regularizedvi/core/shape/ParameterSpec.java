package org.regularizedvi.core.shape;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * A stored tensor: its name, its shape, how it starts and what becomes of it in training.
 *
 * @param lrMultiplier factor on its learning rate
 * @param categories where it has places for categories, if it has
 * @param part the only part that follows its gradient, where it is not the whole
 */
public record ParameterSpec(
    String name,
    long[] shape,
    Start start,
    Role role,
    double lrMultiplier,
    Optional<CategoryAxis> categories,
    Optional<Slices> part) {
  /** What training does with a stored tensor. */
  public enum Role {
    /** Follows its gradient. */
    TRAINED,
    /** Nothing uses it; kept so that models travel. */
    UNUSED,
    /** Collected over minibatches by batch norm. */
    STATISTIC,
    /** Used, but stays as it is. */
    FROZEN
  }

  /** A tensor without categories. */
  public ParameterSpec(String name, long[] shape, Start start, Role role, double lrMultiplier) {
    this(name, shape, start, role, lrMultiplier, Optional.empty(), Optional.empty());
  }

  /** The same with another fate. */
  ParameterSpec with(Role chosen, Optional<Slices> chosenPart) {
    return new ParameterSpec(name, shape, start, chosen, lrMultiplier, categories, chosenPart);
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

  /** Whether all of it follows its gradient. */
  public boolean movesWhole() {
    return role == Role.TRAINED && part.isEmpty();
  }

  /**
   * How many numbers it holds.
   *
   * @throws InputException when no array can hold as many
   */
  public int size() {
    long size = 1;
    for (long length : shape) {
      size *= length;
    }
    if (size > Integer.MAX_VALUE) {
      throw new InputException(
          "The parameter %s would hold %,d numbers, but at most %,d can be held; expected fewer features or a smaller --n-hidden."
              .formatted(name, size, Integer.MAX_VALUE));
    }
    return (int) size;
  }
}
