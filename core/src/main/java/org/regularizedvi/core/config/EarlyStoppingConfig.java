package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Ends training when the validation ELBO stops falling.
 *
 * @param patience the number of epochs without improvement before the end, at least 1 ({@code
 *     early_stopping_patience})
 * @param minDeltaPerFeature the least improvement that counts, in nats per cell and feature, 0 or
 *     more; it is multiplied by the number of features ({@code
 *     early_stopping_min_delta_per_feature})
 */
public record EarlyStoppingConfig(
    @Option(help = "Epochs without improvement before the end") int patience,
    @Option(help = "Least improvement per gene that counts") double minDeltaPerFeature) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when the patience is below 1 or the least
   *     improvement is negative
   */
  public EarlyStoppingConfig {
    Checks.atLeast("early_stopping_patience", patience, 1);
    Checks.notNegative("early_stopping_min_delta_per_feature", minDeltaPerFeature);
  }

  /**
   * {@return a patience of 45 epochs and a least improvement of 0.0002 nats per cell and feature}
   */
  public static EarlyStoppingConfig defaults() {
    return new EarlyStoppingConfig(45, 0.0002);
  }
}
