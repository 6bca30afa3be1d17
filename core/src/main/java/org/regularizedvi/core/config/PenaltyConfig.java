package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Penalties on the decoder's weights, biases excepted; a data set counts them once.
 *
 * @param decoderWeightL2 times the squares of all weights of hidden layers and scale decoder
 * @param decoderCovWeightL2 times the squares of the first layer's weights of one-hot columns
 * @param decoderHiddenL1 times the absolute values of the hidden layers' weights
 */
public record PenaltyConfig(
    @Option(help = "Penalty on the squares of the decoder's weights", python = Option.Python.LATER)
        double decoderWeightL2,
    @Option(
            help = "Further penalty on those of the conditioning keys, first layer",
            python = Option.Python.LATER)
        double decoderCovWeightL2,
    @Option(
            help = "Penalty on the absolute values of the hidden layers' weights",
            python = Option.Python.LATER)
        double decoderHiddenL1) {
  public PenaltyConfig {
    Checks.notNegative("decoder_weight_l2", decoderWeightL2);
    Checks.notNegative("decoder_cov_weight_l2", decoderCovWeightL2);
    Checks.notNegative("decoder_hidden_l1", decoderHiddenL1);
  }

  public static PenaltyConfig recommended() {
    return new PenaltyConfig(0.1, 0, 0);
  }

  public static PenaltyConfig published() {
    return new PenaltyConfig(0, 0, 0);
  }
}
