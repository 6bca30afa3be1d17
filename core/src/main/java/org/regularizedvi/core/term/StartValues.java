package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;

/**
 * Where those parameters of a modality start that may take it from data; what is empty starts as
 * its prior or a draw says.
 *
 * @param decoderBias bias of the scale decoder, G
 * @param logBackground log of the background, G x ambient categories
 * @param logTheta log of the inverse dispersion, G
 * @param dispersion hyper-prior whose rate lambda starts at
 * @param logSensitivity what the log library size is centred at, where the library encoder starts
 */
public record StartValues(
    Optional<float[]> decoderBias,
    Optional<float[]> logBackground,
    Optional<float[]> logTheta,
    DispersionHyperPrior dispersion,
    double logSensitivity) {

  /** Nothing from data. */
  public static StartValues withoutData(ModelConfig config) {
    return new StartValues(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        config.priors().dispersionHyperPrior(),
        0);
  }
}
