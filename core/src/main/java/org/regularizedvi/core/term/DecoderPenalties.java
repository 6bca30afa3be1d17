package org.regularizedvi.core.term;

import java.util.List;
import java.util.stream.IntStream;
import org.regularizedvi.core.config.PenaltyConfig;
import org.regularizedvi.core.shape.ModalitySpec;

/**
 * Holds the decoder's weights to small values, biases excepted; a data set counts it once.
 *
 * <p>{@code decoder_weight_l2} is times the squares of all weights, {@code decoder_cov_weight_l2}
 * times the squares of the first layer's one-hot columns, {@code decoder_latent_weight_l2} times
 * those of all other weights, {@code decoder_hidden_l1} times the absolute values of the hidden
 * layers' weights.
 *
 * @param spec the modality of the decoder
 */
public record DecoderPenalties(ModalitySpec spec) {
  /** {@return the factors of the penalties} */
  public PenaltyConfig factors() {
    return spec.config().penalties();
  }

  /** {@return the factor on the squares of all weights but those of one-hot columns} */
  public double latentL2() {
    return factors().decoderWeightL2() + factors().decoderLatentWeightL2();
  }

  /** {@return the factor on the squares of the weights of one-hot columns} */
  public double covariateL2() {
    return factors().decoderWeightL2() + factors().decoderCovWeightL2();
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
