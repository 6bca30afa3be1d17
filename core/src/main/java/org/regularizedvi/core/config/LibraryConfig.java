package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Says whether the library encoder learns the log library size, or only what the observed total
 * leaves of it.
 *
 * @param residualLibraryEncoder whether w times the observed log total is added to what the encoder
 *     gives, with one learned w per modality
 * @param libraryObsWPriorRate the rate of the Exponential prior of w, above 0
 */
public record LibraryConfig(
    @Option(
            help = "Let the library encoder learn only what the observed total leaves",
            python = Option.Python.LATER)
        boolean residualLibraryEncoder,
    @Option(help = "Rate of the prior of the observed total's weight", python = Option.Python.LATER)
        double libraryObsWPriorRate) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when the rate is not positive
   */
  public LibraryConfig {
    Checks.positive("library_obs_w_prior_rate", libraryObsWPriorRate);
  }

  /** {@return a residual encoder, and a rate of 1} */
  public static LibraryConfig recommended() {
    return new LibraryConfig(true, 1);
  }

  /** {@return an encoder that gives the whole log library size} */
  public static LibraryConfig published() {
    return recommended().withResidual(false);
  }

  /**
   * {@return the same with or without a residual encoder}
   *
   * @param on whether the encoder is residual
   */
  public LibraryConfig withResidual(boolean on) {
    return Records.with(this, "residualLibraryEncoder", on);
  }
}
