package org.regularizedvi.core.config;

import org.regularizedvi.options.Option;

/**
 * Says how z is scaled by a second encoder, cell by cell and dimension by dimension.
 *
 * @param horseshoeLatentZPriorType the prior of the scales; none leaves z as it is
 * @param horseshoeLatentZEncoderFraction the units of the encoder of the scales as a share of
 *     {@code n_hidden}, above 0
 * @param horseshoePosteriorInitLoc the median at which the scales start, above 0
 * @param horseshoePosteriorInitScale the standard deviation at which their logarithms start, above
 *     0.01
 */
public record HorseshoeConfig(
    @Option(
            help =
                "Scale z in each cell by a second encoder, whose scales have this prior: none, lognormal, lognormal-mc (by draws) or gamma",
            python = Option.Python.NEWEST)
        HorseshoePrior horseshoeLatentZPriorType,
    @Option(
            help = "Units of that encoder as a share of --n-hidden, at least 16",
            python = Option.Python.NEWEST)
        double horseshoeLatentZEncoderFraction,
    @Option(help = "Median at which those scales start", python = Option.Python.NEWEST)
        double horseshoePosteriorInitLoc,
    @Option(
            help = "Standard deviation at which their logarithms start",
            python = Option.Python.NEWEST)
        double horseshoePosteriorInitScale) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public HorseshoeConfig {
    Checks.positive("horseshoe_latent_z_encoder_fraction", horseshoeLatentZEncoderFraction);
    Checks.positive("horseshoe_posterior_init_loc", horseshoePosteriorInitLoc);
    Checks.above(
        "horseshoe_posterior_init_scale",
        horseshoePosteriorInitScale,
        EncoderStartConfig.LEAST_SCALE);
  }

  /** {@return no scales; those asked for start at 1, with an encoder as wide as that of z} */
  public static HorseshoeConfig defaults() {
    return new HorseshoeConfig(HorseshoePrior.NONE, 1, 1, 0.1);
  }

  /** {@return whether z is scaled} */
  public boolean on() {
    return horseshoeLatentZPriorType != HorseshoePrior.NONE;
  }
}
