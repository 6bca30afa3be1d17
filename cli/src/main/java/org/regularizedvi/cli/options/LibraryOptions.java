package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.LibraryConfig;
import picocli.CommandLine.Option;

/** What the library encoder learns. */
public final class LibraryOptions {
  private static final LibraryConfig DEFAULTS = LibraryConfig.recommended();

  @Option(
      names = "--residual-library-encoder",
      negatable = true,
      fallbackValue = "true",
      description =
          "* Let the library encoder learn only what the observed total leaves (default: true; published: false).")
  private Optional<Boolean> residual = Optional.empty();

  @Option(
      names = "--library-obs-w-prior-rate",
      paramLabel = "X",
      description = "Rate of the prior of the observed total's weight (default: ${DEFAULT-VALUE}).")
  private double priorRate = DEFAULTS.libraryObsWPriorRate();

  /** What is not given is as in the preset. */
  public LibraryConfig toConfig(LibraryConfig preset) {
    return new LibraryConfig(residual.orElse(preset.residualLibraryEncoder()), priorRate);
  }
}
