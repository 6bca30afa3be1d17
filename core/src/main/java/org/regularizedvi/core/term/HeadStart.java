package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ParameterSpec.Start;

/**
 * Says where the linear map from a decoder's last hidden layer to the features starts; what is
 * empty is drawn as in every other linear map.
 *
 * @param bias the bias of each feature, length G
 * @param factors the factor on the drawn weights of each feature, length G
 */
public record HeadStart(Optional<float[]> bias, Optional<float[]> factors) {
  /** {@return a map that is drawn} */
  public static HeadStart drawn() {
    return new HeadStart(Optional.empty(), Optional.empty());
  }

  /**
   * {@return how the bias starts}
   *
   * @param drawn how it starts where no data say otherwise
   */
  Start biasOr(Start drawn) {
    return bias.<Start>map(means -> new Start.NormalAround(means, 0)).orElse(drawn);
  }

  /**
   * {@return how the weight starts}
   *
   * @param hidden the number of units of the last hidden layer
   */
  Start weight(int hidden) {
    Start.Uniform drawn = LayerTensors.uniform(hidden);
    return factors.<Start>map(own -> new Start.UniformRows(drawn.bound(), own)).orElse(drawn);
  }
}
