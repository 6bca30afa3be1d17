package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.config.ModelConfig;
import org.regularizedvi.core.prior.DispersionHyperPrior;

/**
 * Says where those parameters of a modality start that may take it from data; what is empty starts
 * as its prior or a draw says.
 *
 * @param decoder the linear map of the scale decoder
 * @param burstSize that of the burst size decoder, where there is one
 * @param logBackground the log of the background, G x ambient categories, row-major
 * @param logTheta the log of the inverse dispersion, or with bursts of the technical variance,
 *     length G
 * @param dispersion the hyper-prior at whose mean rate lambda starts
 * @param logSensitivity the value that the log library size is centred at, where the library
 *     encoder starts
 */
public record StartValues(
    HeadStart decoder,
    HeadStart burstSize,
    Optional<float[]> logBackground,
    Optional<float[]> logTheta,
    DispersionHyperPrior dispersion,
    double logSensitivity) {

  /**
   * {@return starts that take nothing from data}
   *
   * @param config the options, which give the hyper-prior of the dispersion
   */
  public static StartValues withoutData(ModelConfig config) {
    return new StartValues(
        HeadStart.drawn(),
        HeadStart.drawn(),
        Optional.empty(),
        Optional.empty(),
        config.dispersionHyperPrior(),
        0);
  }
}
