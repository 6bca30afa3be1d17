package org.regularizedvi.core.shape;

import java.util.Optional;
import org.regularizedvi.input.InputException;

/**
 * Describes a stored tensor: its name, its shape, how it starts and what becomes of it in training.
 *
 * @param name the stored name
 * @param shape the size of each dimension
 * @param start how its entries start
 * @param role what training does with it
 * @param lrMultiplier multiplies its learning rate
 * @param categories where it has places for categories, if it has any
 * @param part the only part that follows its gradient, where that is not the whole
 */
public record ParameterSpec(
    String name,
    long[] shape,
    Start start,
    Role role,
    double lrMultiplier,
    Optional<CategoryAxis> categories,
    Optional<Slices> part) {
  /** Says what training does with a stored tensor. */
  public enum Role {
    /** It follows its gradient. */
    TRAINED,
    /** Nothing uses it; it is kept so that models can be read by the Python package. */
    UNUSED,
    /** Batch norm collects it over minibatches. */
    STATISTIC,
    /** It is used but stays as it is. */
    FROZEN
  }

  /**
   * Makes a tensor without places for categories.
   *
   * @param name the stored name
   * @param shape the size of each dimension
   * @param start how its entries start
   * @param role what training does with it
   * @param lrMultiplier multiplies its learning rate
   */
  public ParameterSpec(String name, long[] shape, Start start, Role role, double lrMultiplier) {
    this(name, shape, start, role, lrMultiplier, Optional.empty(), Optional.empty());
  }

  /** {@return the same with another fate} */
  ParameterSpec with(Role chosen, Optional<Slices> chosenPart) {
    return new ParameterSpec(name, shape, start, chosen, lrMultiplier, categories, chosenPart);
  }

  /** Says how the entries of a tensor start. */
  public sealed interface Start {
    /**
     * Draws uniformly within a bound on either side of zero.
     *
     * @param bound the bound
     */
    record Uniform(double bound) implements Start {}

    /**
     * Draws uniformly within a bound on either side of zero, and multiplies each row of a matrix by
     * a factor of its own.
     *
     * @param bound the bound
     * @param factors the factor of each row
     */
    record UniformRows(double bound, float[] factors) implements Start {}

    /**
     * Draws from a normal distribution.
     *
     * @param mean the mean
     * @param standardDeviation the standard deviation
     */
    record Normal(double mean, double standardDeviation) implements Start {}

    /**
     * Draws from a normal distribution around a mean of each entry's own.
     *
     * @param means the mean of each entry, row-major
     * @param standardDeviation the standard deviation
     */
    record NormalAround(float[] means, double standardDeviation) implements Start {}

    /**
     * Gives one value for all entries.
     *
     * @param value the value
     */
    record Constant(double value) implements Start {}
  }

  /** {@return whether all of it follows its gradient} */
  public boolean movesWhole() {
    return role == Role.TRAINED && part.isEmpty();
  }

  /**
   * {@return how many numbers it holds}
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
