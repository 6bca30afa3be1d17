package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Cuts the learning rate when the validation ELBO stops falling.
 *
 * @param factor what the rate is multiplied by ({@code lr_factor})
 * @param patience epochs without improvement before a cut ({@code lr_patience})
 * @param threshold least improvement that counts ({@code lr_threshold})
 * @param minimum rate below which no cut goes ({@code lr_min})
 */
public record PlateauConfig(
    @Option(name = "lr_factor", help = "Factor of a cut") double factor,
    @Option(name = "lr_patience", help = "Epochs without improvement before a cut") int patience,
    @Option(name = "lr_threshold", help = "Least improvement that counts") double threshold,
    @Option(name = "lr_min", help = "Least learning rate") double minimum) {
  public PlateauConfig {
    Checks.within("lr_factor", factor, 0, 1);
    Checks.positive("lr_factor", factor);
    Checks.atLeast("lr_patience", patience, 0);
    Checks.notNegative("lr_threshold", threshold);
    Checks.notNegative("lr_min", minimum);
  }

  public static PlateauConfig defaults() {
    return new PlateauConfig(0.6, 30, 0, 0);
  }
}
