package org.regularizedvi.core.shape;

import java.util.OptionalDouble;
import org.regularizedvi.core.config.EncoderStartConfig;
import org.regularizedvi.core.shape.ParameterSpec.Start;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Says how the heads of an encoder start: the linear maps to the mean and to the variance of q.
 *
 * @param meanWeights the factor on the bound that weights of the mean are drawn within
 * @param meanBias where the bias of the mean starts; empty for one that is drawn
 * @param varianceWeights the factor on the bound that weights of the variance are drawn within
 * @param varianceBias where the bias of the variance starts; empty for one that is drawn
 */
public record EncoderHeadStart(
    double meanWeights,
    OptionalDouble meanBias,
    double varianceWeights,
    OptionalDouble varianceBias) {
  /** What an encoder adds to a variance. */
  public static final double LEAST_VARIANCE =
      EncoderStartConfig.LEAST_SCALE * EncoderStartConfig.LEAST_SCALE;

  /** The factor on the weights of a head whose bias says where it starts. */
  private static final double NEAR_BIAS = 0.1;

  /** {@return heads that start as every other linear map} */
  public static EncoderHeadStart drawn() {
    return new EncoderHeadStart(1, OptionalDouble.empty(), 1, OptionalDouble.empty());
  }

  /**
   * {@return how the heads of an encoder of z start}
   *
   * @param config what users ask for
   * @param balance multiplies all weights
   */
  public static EncoderHeadStart ofLatent(EncoderStartConfig config, double balance) {
    EncoderHeadStart start =
        config.varInitScale().isPresent()
            ? drawn()
                .withScale(config.varInitScale().getAsDouble(), config.useSoftplusVarActivation())
            : drawn();
    return new EncoderHeadStart(
        config.zLocInitScale() * balance,
        start.meanBias,
        start.varianceWeights * balance,
        start.varianceBias);
  }

  /**
   * {@return the same with a mean that starts near a value}
   *
   * @param mean the value
   */
  public EncoderHeadStart withMean(double mean) {
    return new EncoderHeadStart(NEAR_BIAS, OptionalDouble.of(mean), varianceWeights, varianceBias);
  }

  /**
   * {@return the same with a standard deviation that starts near a value}
   *
   * @param scale the value, above 0.01
   * @param softplus whether the variance is the softplus of the head, and not its exponential
   */
  public EncoderHeadStart withScale(double scale, boolean softplus) {
    double variance = scale * scale - LEAST_VARIANCE;
    double bias = softplus ? Softplus.inverse(variance) : Math.log(variance);
    return new EncoderHeadStart(meanWeights, meanBias, NEAR_BIAS, OptionalDouble.of(bias));
  }

  static Start bias(OptionalDouble value, int inputs) {
    return value.isPresent()
        ? new Start.Constant(value.getAsDouble())
        : LayerTensors.uniform(inputs);
  }

  static Start weights(double factor, int inputs) {
    return new Start.Uniform(factor / Math.sqrt(inputs));
  }
}
