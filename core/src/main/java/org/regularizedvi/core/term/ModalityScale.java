package org.regularizedvi.core.term;

import java.util.Optional;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.core.shape.LayerTensors;
import org.regularizedvi.core.shape.ModalitySpec;
import org.regularizedvi.core.shape.ParameterSpec;
import org.regularizedvi.core.shape.Parameters;

/**
 * The learned factor on all expected counts of a modality, softplus(modality_scale_raw) / 0.7, with
 * {@code learnable_modality_scaling}.
 *
 * @param spec of a modality that has the factor
 */
public record ModalityScale(ModalitySpec spec) {
  /** The factor's prior: 1 on average, where it starts. */
  public static final GammaPrior PRIOR = new GammaPrior(5, 5);

  /** Returns the factor of a modality; empty when it has none. */
  public static Optional<ModalityScale> of(ModalitySpec spec) {
    return spec.membership().learnedScale()
        ? Optional.of(new ModalityScale(spec))
        : Optional.empty();
  }

  /** The stored parameter, raw, one number. */
  public String parameter() {
    return "modality_scale_raw" + spec.names().suffix();
  }

  /** Returns what is stored: it starts where the factor is 1. */
  public ParameterSpec stored() {
    return LayerTensors.trained(spec)
        .one(parameter(), new ParameterSpec.Start.Constant(ScalingFactor.one()));
  }

  /** Returns the factor, as users read it. */
  public double read(Parameters parameters) {
    float raw = parameters.values(parameter())[0];
    return (float) Math.log1p((float) Math.exp(raw)) / (float) ScalingFactor.DIVISOR;
  }
}
