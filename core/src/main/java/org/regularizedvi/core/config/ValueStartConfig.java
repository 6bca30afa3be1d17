package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.options.Option;

/**
 * Says at which plain numbers parameters of single features start; a number that is given wins over
 * what data or priors say.
 *
 * @param decoderBiasMultiplier the factor on the expression at which the decoder's bias starts,
 *     where that comes from data, above 0
 * @param pxRInitMean the log of the inverse dispersion at the start
 * @param pxRInitStd the standard deviation of the noise on it, 0 or more; empty for 0.1
 * @param additiveBgInitMean the log of the background's expression at the start
 * @param additiveBgInitStd the standard deviation of the noise on it, 0 or more; empty for 0.01
 */
public record ValueStartConfig(
    @Option(
            help = "With such a start of the decoder's bias: factor on the expression",
            python = Option.Python.NEWEST)
        double decoderBiasMultiplier,
    @Option(
            help = "Start the log of theta at this number",
            standard = "as --dispersion-init says",
            published = "as --dispersion-init says")
        OptionalDouble pxRInitMean,
    @Option(help = "Noise on that start", standard = "0.1", published = "0.1")
        OptionalDouble pxRInitStd,
    @Option(
            help = "Start the log of the background at this number",
            standard = "as --bg-init-gene-fraction says",
            published = "as --bg-init-gene-fraction says")
        OptionalDouble additiveBgInitMean,
    @Option(help = "Noise on that start of the background", standard = "0.01", published = "0.01")
        OptionalDouble additiveBgInitStd) {
  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public ValueStartConfig {
    Checks.positive("decoder_bias_multiplier", decoderBiasMultiplier);
    pxRInitStd.ifPresent(std -> Checks.notNegative("px_r_init_std", std));
    additiveBgInitStd.ifPresent(std -> Checks.notNegative("additive_bg_init_std", std));
  }

  /** {@return starts as data and priors say} */
  public static ValueStartConfig defaults() {
    OptionalDouble none = OptionalDouble.empty();
    return new ValueStartConfig(1, none, none, none, none);
  }
}
