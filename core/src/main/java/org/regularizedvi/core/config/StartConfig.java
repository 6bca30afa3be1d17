package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.options.Option;

/**
 * Says which parameters start from data.
 *
 * @param initDecoderBias where the bias of the scale decoder starts
 * @param bgInitGeneFraction the share of the features' means, within each ambient category, at
 *     which the background starts, above 0; empty starts it at its prior's mean
 * @param dispersionInit where the inverse dispersions start
 * @param dispersionInitBioFrac the share of the variance beyond Poisson that is taken for biology,
 *     at least 0 and below 1, with starts from data
 */
public record StartConfig(
    @Option(
            help =
                "Start the decoder's bias at a gene's mean: mean, topn (over the top hundredth of cells) or none",
            python = Option.Python.LATER)
        DecoderBias initDecoderBias,
    @Option(
            help =
                "Start the background at this share of a gene's mean; none: the same for all genes",
            python = Option.Python.LATER)
        OptionalDouble bgInitGeneFraction,
    @Option(
            help =
                "Start overdispersion by its prior, or by each gene's mean and variance: prior or data",
            python = Option.Python.LATER)
        DispersionInit dispersionInit,
    @Option(
            help = "With data: share of the variance beyond Poisson that is biology",
            python = Option.Python.LATER)
        double dispersionInitBioFrac) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a share is out of range
   */
  public StartConfig {
    bgInitGeneFraction.ifPresent(share -> Checks.positive("bg_init_gene_fraction", share));
    Checks.within("dispersion_init_bio_frac", dispersionInitBioFrac, 0, 1);
  }

  /** {@return starts from data for all three} */
  public static StartConfig recommended() {
    return new StartConfig(DecoderBias.MEAN, OptionalDouble.of(0.15), DispersionInit.DATA, 0.5);
  }

  /** {@return no starts from data} */
  public static StartConfig published() {
    return new StartConfig(DecoderBias.NONE, OptionalDouble.empty(), DispersionInit.PRIOR, 0.9);
  }
}
