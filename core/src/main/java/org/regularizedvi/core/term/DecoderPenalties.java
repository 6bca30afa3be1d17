package org.regularizedvi.core.term;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.config.ScaleActivation;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.kernel.special.Softplus;

/**
 * Holds the decoder's weights to small values, biases excepted; a data set counts it once.
 *
 * <p>{@code decoder_weight_l2} is times the squares of all weights, {@code decoder_cov_weight_l2}
 * times the squares of the first layer's one-hot columns, {@code decoder_latent_weight_l2} times
 * those of all other weights and the width of the hidden layers over 512, {@code decoder_hidden_l1}
 * times the absolute values of the hidden layers' weights.
 *
 * <p>A logit is a sum over hidden units. A prior on its weights that is the firmer the more there
 * are of them gives networks of any width the same prior of the logit.
 *
 * <p>What changes expression by one half takes a larger weight in a feature of many counts, since
 * softplus(a) grows by exp where it is small and by a where it is large; and a feature that marks a
 * few types changes more than one which all cells have alike. So {@code decoder_latent_weight_l2}
 * is times the squares of the scale decoder's weights over the squares of their features' widths:
 *
 * <pre>
 *   width = m / (1 - exp(-m)) sqrt((0.1 + v) / 0.5)
 * </pre>
 *
 * <p>m is the mean expression where the bias starts; m / (1 - exp(-m)) = softplus / softplus'
 * there. v is what the logarithm of the feature's expression varies by over the cells ({@link
 * VarianceShares#ofLogarithm}); its means over the features of real data sets are 0.3 to 1.3, and
 * 0.1 leaves something to features that do not vary. Where dispersions do not start from data, the
 * root is 1. With softmax a weight changes the logarithm of expression, and all widths are 1.
 *
 * @param spec the modality of the decoder
 * @param widthG the widths of the features, length G; 1 where there are none
 */
public record DecoderPenalties(ModalitySpec spec, Optional<float[]> widthG) {
  /** The width of hidden layers at which {@code decoder_latent_weight_l2} is what it says. */
  private static final double UNITS = 512;

  /** What the logarithm of a usual feature's expression varies by. */
  private static final double USUAL_VARIANCE = 0.5;

  /** What every feature is taken to vary by, whatever was counted. */
  private static final double LEAST_VARIANCE = 0.1;

  /**
   * Holds the penalties of a decoder all of whose features have the width 1.
   *
   * @param spec the modality of the decoder
   */
  public DecoderPenalties(ModalitySpec spec) {
    this(spec, Optional.empty());
  }

  /**
   * {@return the widths of the features, where a penalty asks for them}
   *
   * @param starts where the scale decoder starts
   * @param shares what the counts say of each feature's variance, where dispersions start from data
   */
  public Optional<float[]> widths(HeadStart starts, Optional<VarianceShares> shares) {
    boolean asked =
        ofLatent() > 0
            && (spec.generative().bursts()
                || spec.generative().scaleActivation() == ScaleActivation.SOFTPLUS);
    return starts.bias().filter(_ -> asked).map(biasG -> widths(biasG, shares));
  }

  private static float[] widths(float[] biasG, Optional<VarianceShares> shares) {
    float[] widths = new float[biasG.length];
    for (int g = 0; g < widths.length; g++) {
      int gene = g;
      double varied = shares.map(own -> variation(own.ofLogarithm(gene))).orElse(1.0);
      widths[g] = (float) (Softplus.value(biasG[g]) / Softplus.derivative(biasG[g]) * varied);
    }
    return widths;
  }

  /** {@return by how much a feature of some variance of the logarithm is wider than a usual one} */
  private static double variation(double ofLogarithm) {
    return Math.sqrt((LEAST_VARIANCE + ofLogarithm) / USUAL_VARIANCE);
  }

  /** {@return the factors of the penalties} */
  public PenaltyConfig factors() {
    return spec.config().penalties();
  }

  /**
   * {@return the part of the factors that holds the weights which the latent representation goes
   * through}
   */
  public double ofLatent() {
    return factors().decoderLatentWeightL2() * spec.decoder().hidden() / UNITS;
  }

  /**
   * {@return the factor on the squares of the hidden layers' weights but those of one-hot columns}
   */
  public double latentL2() {
    return factors().decoderWeightL2() + ofLatent();
  }

  /** {@return the factor on the squares of the weights of one-hot columns} */
  public double covariateL2() {
    return factors().decoderWeightL2() + factors().decoderCovWeightL2();
  }

  /**
   * {@return the factor on the squares of the scale decoder's weights of a feature}
   *
   * @param feature its place
   */
  public double scaleL2(int feature) {
    double width = widthG.map(own -> (double) own[feature]).orElse(1.0);
    return factors().decoderWeightL2() + ofLatent() / (width * width);
  }

  /** {@return the names of the stored weights of the hidden layers, which all penalties hold} */
  public List<String> hiddenWeights() {
    Decoder decoder = new Decoder(spec);
    return IntStream.range(0, spec.decoder().layers()).mapToObj(decoder::hiddenWeight).toList();
  }

  /** {@return the place of the first one-hot column in the first layer's weight} */
  public int firstCovariateColumn() {
    return spec.decoder().inputs();
  }

  /** {@return the number of one-hot columns in the first layer's weight} */
  public int covariateColumns() {
    return spec.decoder().oneHot();
  }
}
