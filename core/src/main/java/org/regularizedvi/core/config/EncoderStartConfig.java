package org.regularizedvi.core.config;

import java.util.OptionalDouble;
import org.regularizedvi.options.Option;

/**
 * Says where the encoders' heads start, and what makes variances of what they give.
 *
 * @param zLocInitScale the factor on the weights of the means of z at the start, above 0
 * @param varInitScale the standard deviation at which q(z|x) starts, above 0.01; empty leaves it to
 *     the draw
 * @param useSoftplusVarActivation whether variances are the softplus of what the heads give, and
 *     not its exponential
 * @param useModalityBalancedEncoderInit whether the weights of a modality's heads of z start times
 *     the square root of its share of all modalities' hidden units
 */
public record EncoderStartConfig(
    @Option(
            help = "Factor on the weights of the means of z at the start",
            python = Option.Python.NEWEST)
        double zLocInitScale,
    @Option(
            help = "Standard deviation at which q(z|x) starts",
            standard = "as drawn",
            python = Option.Python.NEWEST)
        OptionalDouble varInitScale,
    @Option(
            help = "Make variances by softplus rather than the exponential",
            python = Option.Python.NEWEST)
        boolean useSoftplusVarActivation,
    @Option(
            help = "Start the encoders of narrower modalities smaller",
            python = Option.Python.NEWEST)
        boolean useModalityBalancedEncoderInit) {
  /** The least standard deviation that an encoder gives, whatever its head says. */
  public static final double LEAST_SCALE = 0.01;

  /**
   * Checks the components.
   *
   * @throws org.regularizedvi.input.InputException when a number is out of range
   */
  public EncoderStartConfig {
    Checks.positive("z_loc_init_scale", zLocInitScale);
    varInitScale.ifPresent(scale -> Checks.above("var_init_scale", scale, LEAST_SCALE));
  }

  /** {@return heads that start as drawn, with exponentials for variances} */
  public static EncoderStartConfig defaults() {
    return new EncoderStartConfig(1, OptionalDouble.empty(), false, false);
  }
}
