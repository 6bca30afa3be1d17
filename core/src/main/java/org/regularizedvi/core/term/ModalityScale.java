package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;

/**
 * Describes the learned factor on all expected counts of a modality, softplus(modality_scale_raw) /
 * 0.7, with {@code learnable_modality_scaling}.
 *
 * @param spec a modality that has the factor
 */
public record ModalityScale(ModalitySpec spec) {
  /**
   * {@return the factor of a modality; empty when it has none}
   *
   * @param spec the modality
   */
  public static Optional<ModalityScale> of(ModalitySpec spec) {
    return spec.membership().learnedScale().isPresent()
        ? Optional.of(new ModalityScale(spec))
        : Optional.empty();
  }

  /** {@return the name of the stored parameter: raw, one number} */
  public String parameter() {
    return "modality_scale_raw" + spec.names().suffix();
  }

  /** {@return the factor's prior, whose mean is 1, where the factor starts} */
  public GammaPrior prior() {
    double concentration = spec.membership().learnedScale().orElseThrow();
    return new GammaPrior(concentration, concentration);
  }

  /** {@return the stored parameter, which starts where the factor is 1} */
  public ParameterSpec stored() {
    return LayerTensors.trained(spec)
        .one(parameter(), new ParameterSpec.Start.Constant(ScalingFactor.one()));
  }

  /**
   * {@return the factor, in single precision, as users read it}
   *
   * @param parameters the stored parameters
   */
  public double read(Parameters parameters) {
    float raw = parameters.values(parameter())[0];
    return (float) Math.log1p((float) Math.exp(raw)) / (float) ScalingFactor.DIVISOR;
  }
}
