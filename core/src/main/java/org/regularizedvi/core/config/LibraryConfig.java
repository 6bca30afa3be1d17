package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * What the library encoder learns: the log library size, or what the observed total leaves of it.
 *
 * @param residualLibraryEncoder whether w times the observed log total is added to what the encoder
 *     gives, with one learned w a modality
 * @param libraryObsWPriorRate rate of the Exponential prior of w
 */
public record LibraryConfig(
    @Option(
            help = "Let the library encoder learn only what the observed total leaves",
            python = Option.Python.LATER)
        boolean residualLibraryEncoder,
    @Option(help = "Rate of the prior of the observed total's weight", python = Option.Python.LATER)
        double libraryObsWPriorRate) {
  public LibraryConfig {
    Checks.positive("library_obs_w_prior_rate", libraryObsWPriorRate);
  }

  public static LibraryConfig recommended() {
    return new LibraryConfig(true, 1);
  }

  public static LibraryConfig published() {
    return recommended().withResidual(false);
  }

  public LibraryConfig withResidual(boolean on) {
    return Records.with(this, "residualLibraryEncoder", on);
  }
}
