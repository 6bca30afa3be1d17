package org.regularizedvi.reference.term;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.reference.torch.Tensors;

/** Computes the transform of {@link ScalingFactor} with tensor operations. */
final class ScalingFactorTensors {
  private ScalingFactorTensors() {}

  /** {@return the factor at every raw value} */
  static Tensor of(Tensor raw) {
    return torch.softplus(raw).div(Tensors.scalar(ScalingFactor.DIVISOR));
  }
}
