package org.regularizedvi.reference.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.reference.torch.ParameterTensors;

/**
 * Computes the learned factor on all expected counts of a modality.
 *
 * @param term its stored parameter
 * @param parameters of the whole model
 */
public record ModalityScaleTensors(ModalityScale term, ParameterTensors parameters) {
  /**
   * {@return the factor of a modality; empty when it has none}
   *
   * @param spec the place, options and names of the modality
   * @param parameters of the whole model
   */
  public static Optional<ModalityScaleTensors> of(ModalitySpec spec, ParameterTensors parameters) {
    return ModalityScale.of(spec).map(term -> new ModalityScaleTensors(term, parameters));
  }

  /** {@return the factor: a scalar, positive} */
  public Tensor factor() {
    return ScalingFactorTensors.of(parameters.get(term.parameter()));
  }

  /** {@return minus the log density of the prior: a scalar in double precision, nats} */
  public Tensor prior() {
    return GammaPriorTensors.negativeLogDensity(term.prior(), factor().to(torch.ScalarType.Double));
  }
}
