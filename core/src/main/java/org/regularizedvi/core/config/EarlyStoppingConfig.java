package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Ends training when the validation ELBO stops falling.
 *
 * @param patience epochs without improvement before the end ({@code early_stopping_patience})
 * @param minDeltaPerFeature least improvement that counts, times the number of features ({@code
 *     early_stopping_min_delta_per_feature})
 */
public record EarlyStoppingConfig(
    @Option(help = "Epochs without improvement before the end") int patience,
    @Option(help = "Least improvement per gene that counts") double minDeltaPerFeature) {
  public EarlyStoppingConfig {
    Checks.atLeast("early_stopping_patience", patience, 1);
    Checks.notNegative("early_stopping_min_delta_per_feature", minDeltaPerFeature);
  }

  public static EarlyStoppingConfig defaults() {
    return new EarlyStoppingConfig(45, 0.0002);
  }
}
