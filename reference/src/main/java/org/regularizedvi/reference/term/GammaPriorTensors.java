package org.regularizedvi.reference.term;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.prior.GammaPrior;
import org.regularizedvi.reference.torch.Tensors;

/** Computes the density of a Gamma prior with tensor operations in double precision. */
final class GammaPriorTensors {
  private GammaPriorTensors() {}

  /** {@return minus the log density summed over all of x: a scalar} */
  static Tensor negativeLogDensity(GammaPrior prior, Tensor x) {
    double alpha = prior.alpha();
    double logNormaliser =
        alpha * Math.log(prior.beta())
            - torch
                .scalar_tensor(Tensors.scalar(alpha))
                .to(torch.ScalarType.Double)
                .lgamma()
                .item_double();
    return x.mul(Tensors.scalar(prior.beta()))
        .sub(x.log().mul(Tensors.scalar(alpha - 1)))
        .sub(Tensors.scalar(logNormaliser))
        .sum();
  }
}
