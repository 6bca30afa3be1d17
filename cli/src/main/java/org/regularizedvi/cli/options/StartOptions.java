package org.regularizedvi.cli.options;

import java.util.Optional;
import org.regularizedvi.core.config.DecoderBias;
import org.regularizedvi.core.config.DispersionInit;
import org.regularizedvi.core.config.StartConfig;
import picocli.CommandLine.Option;

/** Which parameters start from data. */
public final class StartOptions {
  @Option(
      names = "--init-decoder-bias",
      paramLabel = "KIND",
      description =
          "* Start the decoder's bias at a gene's mean: mean, topn (over the top hundredth of cells) or none (default: mean; published: none).")
  private Optional<DecoderBias> decoderBias = Optional.empty();

  @Option(
      names = "--bg-init-gene-fraction",
      paramLabel = "X|none",
      description =
          "* Start the background at this share of a gene's mean; none: the same for all genes (default: 0.15; published: none).")
  private Optional<NumberOrNone> backgroundFraction = Optional.empty();

  @Option(
      names = "--dispersion-init",
      paramLabel = "KIND",
      description =
          "* Start overdispersion by its prior, or by each gene's mean and variance: prior or data (default: data; published: prior).")
  private Optional<DispersionInit> dispersion = Optional.empty();

  @Option(
      names = "--dispersion-init-bio-frac",
      paramLabel = "X",
      description =
          "* With data: share of the variance beyond Poisson that is biology (default: 0.5; published: 0.9).")
  private Optional<Double> bioFrac = Optional.empty();

  /** What is not given is as in the preset. */
  public StartConfig toConfig(StartConfig preset) {
    return new StartConfig(
        decoderBias.orElse(preset.initDecoderBias()),
        backgroundFraction.map(NumberOrNone::value).orElse(preset.bgInitGeneFraction()),
        dispersion.orElse(preset.dispersionInit()),
        bioFrac.orElse(preset.dispersionInitBioFrac()));
  }
}
