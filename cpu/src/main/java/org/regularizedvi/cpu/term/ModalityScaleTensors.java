package org.regularizedvi.cpu.term;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.term.ModalityScale;
import org.regularizedvi.cpu.torch.ParameterTensors;

/** The learned factor on all expected counts of a modality. */
public record ModalityScaleTensors(ModalityScale term, ParameterTensors parameters) {
  /** Returns the factor of a modality; empty when it has none. */
  public static Optional<ModalityScaleTensors> of(ModalitySpec spec, ParameterTensors parameters) {
    return ModalityScale.of(spec).map(term -> new ModalityScaleTensors(term, parameters));
  }

  /** The factor: a scalar. */
  public Tensor factor() {
    return ScalingFactorTensors.of(parameters.get(term.parameter()));
  }

  /** Minus the log density of the prior: a scalar in double precision. */
  public Tensor prior() {
    return GammaPriorTensors.negativeLogDensity(
        ModalityScale.PRIOR, factor().to(torch.ScalarType.Double));
  }
}
