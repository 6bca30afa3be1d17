package org.regularizedvi.core.config;

import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Says which parameters start from data.
 *
 * @param initDecoderBias where the bias of the scale decoder starts
 * @param bgInitGeneFraction the share of the features' means, within each ambient category, at
 *     which the background starts, above 0; empty starts it at its prior's mean
 * @param bgInitBound whether that share is cut to what genes allow that some cells do not have
 * @param dispersionInit where the inverse dispersions start
 * @param dispersionInitBioFrac the share of the variance beyond Poisson that is taken for biology,
 *     at least 0 and below 1, with starts from data
 * @param variance how what the data say of the variance is bounded and shared out
 * @param encoders where the encoders' heads start
 * @param values plain numbers at which parameters of features start
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
                "Start the background lower where genes that many cells do not have leave less room for it",
            python = Option.Python.NONE)
        boolean bgInitBound,
    @Option(
            help =
                "Start overdispersion by its prior, or by each gene's mean and variance: prior, data, or with bursts variance-burst-size, which starts their frequency and size too and which data then means as well",
            python = Option.Python.LATER)
        DispersionInit dispersionInit,
    @Option(
            help = "With data: share of the variance beyond Poisson that is biology",
            python = Option.Python.LATER)
        double dispersionInitBioFrac,
    VarianceStartConfig variance,
    EncoderStartConfig encoders,
    ValueStartConfig values) {
  /**
   * Checks the components.
   *
   * @throws InputException when a share is out of range, or needs a start from data
   */
  public StartConfig {
    bgInitGeneFraction.ifPresent(share -> Checks.positive("bg_init_gene_fraction", share));
    Checks.within("dispersion_init_bio_frac", dispersionInitBioFrac, 0, 1);
    Optional<String> share = variance.shareOption();
    if (share.isPresent() && dispersionInit == DispersionInit.PRIOR) {
      throw new InputException(
          "%s needs dispersion_init data, but that is prior.".formatted(share.get()));
    }
  }

  /** {@return whether dispersions start at what the data say of each feature's variance} */
  public boolean dispersionFromData() {
    return dispersionInit != DispersionInit.PRIOR;
  }

  /**
   * {@return the same with other bounds and shares of the variance}
   *
   * @param chosen how what the data say of the variance is bounded and shared out
   */
  public StartConfig with(VarianceStartConfig chosen) {
    return Records.with(this, "variance", chosen);
  }

  /** {@return starts from data for all three} */
  public static StartConfig recommended() {
    return new StartConfig(
        DecoderBias.MEAN,
        OptionalDouble.of(0.15),
        true,
        DispersionInit.DATA,
        0.5,
        VarianceStartConfig.defaults(),
        EncoderStartConfig.defaults(),
        ValueStartConfig.defaults());
  }

  /** {@return no starts from data} */
  public static StartConfig published() {
    return new StartConfig(
        DecoderBias.NONE,
        OptionalDouble.empty(),
        false,
        DispersionInit.PRIOR,
        0.9,
        VarianceStartConfig.defaults(),
        EncoderStartConfig.defaults(),
        ValueStartConfig.defaults());
  }
}
