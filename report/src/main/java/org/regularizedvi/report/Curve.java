package org.regularizedvi.report;

import java.util.Optional;

/**
 * A metric over the epochs of training, one value an epoch.
 *
 * @param name as the history has it, without the cells it is of
 * @param validation of the cells kept out of training, as many values
 */
public record Curve(String name, double[] training, Optional<double[]> validation) {
  public Curve {
    if (validation.isPresent() && validation.get().length != training.length) {
      throw new IllegalArgumentException(
          "%s has %d epochs in training, %d in validation"
              .formatted(name, training.length, validation.get().length));
    }
  }

  /** The last value; NaN before the first epoch. */
  double last() {
    return training.length == 0 ? Double.NaN : training[training.length - 1];
  }
}
