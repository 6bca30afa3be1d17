package org.regularizedvi.report;

import java.util.Optional;

/**
 * A metric over the epochs of training, one value per epoch.
 *
 * @param name the name that the history gives it, without {@code _train} or {@code _validation}
 * @param training the values of the training cells
 * @param validation the values of the cells kept out of training, as many
 */
public record Curve(String name, double[] training, Optional<double[]> validation) {
  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException when there are not as many values of both
   */
  public Curve {
    if (validation.isPresent() && validation.get().length != training.length) {
      throw new IllegalArgumentException(
          "%s has %d epochs in training, %d in validation"
              .formatted(name, training.length, validation.get().length));
    }
  }
}
