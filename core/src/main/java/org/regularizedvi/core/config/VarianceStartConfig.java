package org.regularizedvi.core.config;

import java.util.Optional;
import java.util.OptionalDouble;
import org.regularizedvi.input.InputException;
import org.regularizedvi.options.Option;
import org.regularizedvi.options.Records;

/**
 * Says how what the data say of each feature's variance is bounded, and how much of it the decoder
 * starts with.
 *
 * @param leastTheta the least inverse dispersion that a start from data gives, above 0
 * @param largestTheta the largest, above the least
 * @param decoderFraction the share of a feature's biological variance that the decoder's last
 *     weights start with, above 0; empty leaves them as they are drawn
 * @param burstSizeFraction the same of the burst size decoder
 */
public record VarianceStartConfig(
    @Option(
            name = "dispersion_init_theta_min",
            help = "With data: least inverse dispersion to start at",
            python = Option.Python.LATER)
        double leastTheta,
    @Option(
            name = "dispersion_init_theta_max",
            help = "With data: largest inverse dispersion to start at",
            python = Option.Python.LATER)
        double largestTheta,
    @Option(
            name = VarianceStartConfig.DECODER_FRACTION,
            help =
                "Start the decoder's last weights so large that a gene varies by this share of its biological variance; none: as drawn",
            byModality = true,
            python = Option.Python.LATER)
        OptionalDouble decoderFraction,
    @Option(
            name = VarianceStartConfig.BURST_SIZE_FRACTION,
            help = "With bursts: the same of the burst size decoder",
            python = Option.Python.LATER)
        OptionalDouble burstSizeFraction) {
  private static final String DECODER_FRACTION = "decoder_init_variance_target_fraction";
  private static final String BURST_SIZE_FRACTION =
      "decoder_burst_size_init_variance_target_fraction";

  /**
   * Checks the components.
   *
   * @throws InputException when a number is out of range
   */
  public VarianceStartConfig {
    Checks.positive("dispersion_init_theta_min", leastTheta);
    Checks.positive("dispersion_init_theta_max", largestTheta);
    if (largestTheta <= leastTheta) {
      throw new InputException(
          "dispersion_init_theta_max must be above dispersion_init_theta_min, %s, but is %s."
              .formatted(leastTheta, largestTheta));
    }
    decoderFraction.ifPresent(share -> Checks.positive(DECODER_FRACTION, share));
    burstSizeFraction.ifPresent(share -> Checks.positive(BURST_SIZE_FRACTION, share));
  }

  /** {@return theta between 0.01 and 20, and weights as they are drawn} */
  public static VarianceStartConfig defaults() {
    return new VarianceStartConfig(0.01, 20, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * {@return the name of an option by which weights start with a share of the biological variance;
   * empty where they start as they are drawn}
   */
  Optional<String> shareOption() {
    if (decoderFraction.isPresent()) {
      return Optional.of(DECODER_FRACTION);
    }
    return burstSizeFraction.isPresent() ? Optional.of(BURST_SIZE_FRACTION) : Optional.empty();
  }

  /**
   * {@return the same with weights that start with shares of the biological variance}
   *
   * @param decoder the share of the decoder; empty for none
   * @param burstSize the share of the burst size decoder; empty for none
   */
  public VarianceStartConfig withFractions(OptionalDouble decoder, OptionalDouble burstSize) {
    return Records.with(
        Records.with(this, "decoderFraction", decoder), "burstSizeFraction", burstSize);
  }
}
