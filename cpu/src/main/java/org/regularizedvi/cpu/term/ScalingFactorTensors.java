package org.regularizedvi.cpu.term;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.term.ScalingFactor;
import org.regularizedvi.cpu.torch.Tensors;

/** The transform of {@link ScalingFactor} as tensor operations. */
final class ScalingFactorTensors {
  private ScalingFactorTensors() {}

  /** Returns the factor at every raw value. */
  static Tensor of(Tensor raw) {
    return torch.softplus(raw).div(Tensors.scalar(ScalingFactor.DIVISOR));
  }
}
