package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Holds the penalties on the decoder's weights, biases excepted; a data set counts them once.
 *
 * @param decoderWeightL2 the factor on the squares of all weights of hidden layers and scale
 *     decoder, 0 or more
 * @param decoderCovWeightL2 the factor on the squares of the first layer's weights of one-hot
 *     columns, 0 or more
 * @param decoderLatentWeightL2 the factor on the squares of all weights but those, 0 or more: all
 *     that the latent representation goes through; times the width of the hidden layers over 512,
 *     and those of the scale decoder relative to what its features' means allow, as {@link
 *     org.regularizedvi.core.term.DecoderPenalties} says
 * @param decoderHiddenL1 the factor on the absolute values of the hidden layers' weights, 0 or more
 */
public record PenaltyConfig(
    @Option(help = "Penalty on the squares of the decoder's weights", python = Option.Python.LATER)
        double decoderWeightL2,
    @Option(
            help = "Further penalty on those of the conditioning keys, first layer",
            python = Option.Python.LATER)
        double decoderCovWeightL2,
    @Option(
            help = "Further penalty on all of the decoder's other weights, times n_hidden / 512",
            python = Option.Python.NONE)
        double decoderLatentWeightL2,
    @Option(
            help = "Penalty on the absolute values of the hidden layers' weights",
            python = Option.Python.LATER)
        double decoderHiddenL1) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a factor is negative
   */
  public PenaltyConfig {
    Checks.notNegative("decoder_weight_l2", decoderWeightL2);
    Checks.notNegative("decoder_cov_weight_l2", decoderCovWeightL2);
    Checks.notNegative("decoder_latent_weight_l2", decoderLatentWeightL2);
    Checks.notNegative("decoder_hidden_l1", decoderHiddenL1);
  }

  /** {@return a factor of 40 on the squares of what is latent, and 0.1 on those of all weights} */
  public static PenaltyConfig recommended() {
    return new PenaltyConfig(0.1, 0, 40, 0);
  }

  /** {@return no penalties} */
  public static PenaltyConfig published() {
    return new PenaltyConfig(0, 0, 0, 0);
  }
}
