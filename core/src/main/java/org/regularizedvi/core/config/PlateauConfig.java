package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Cuts the learning rate when the validation ELBO stops falling.
 *
 * @param factor the factor on the rate, above 0 and below 1 ({@code lr_factor})
 * @param patience the number of epochs without improvement before a cut, 0 or more ({@code
 *     lr_patience})
 * @param threshold the least improvement that counts, 0 or more ({@code lr_threshold})
 * @param minimum the rate below which no cut goes, 0 or more ({@code lr_min})
 */
public record PlateauConfig(
    @Option(name = "lr_factor", help = "Factor of a cut") double factor,
    @Option(name = "lr_patience", help = "Epochs without improvement before a cut") int patience,
    @Option(name = "lr_threshold", help = "Least improvement that counts") double threshold,
    @Option(name = "lr_min", help = "Least learning rate") double minimum) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public PlateauConfig {
    Checks.within("lr_factor", factor, 0, 1);
    Checks.positive("lr_factor", factor);
    Checks.atLeast("lr_patience", patience, 0);
    Checks.notNegative("lr_threshold", threshold);
    Checks.notNegative("lr_min", minimum);
  }

  /**
   * {@return cuts to 0.6 of the rate after 30 epochs without any improvement, however low the rate}
   */
  public static PlateauConfig defaults() {
    return new PlateauConfig(0.6, 30, 0, 0);
  }
}
