package org.regularizedvi.reference.objective;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Composes the count likelihood of tensor operations in double precision: the definition that the
 * kernel is held to.
 *
 * <pre>
 * log p(x) = lgamma(theta + x) - lgamma(theta) - lgamma(x + 1) - theta log1p(mu / theta) - x log1p(theta / mu)
 * </pre>
 */
final class GammaPoisson {
  private GammaPoisson() {}

  /**
   * {@return log p(x), N x G, double} Zero counts need no log-gamma, which would cancel badly for
   * large theta.
   */
  static Tensor logProbability(Tensor xNG, Tensor muNG, Tensor thetaNG) {
    Tensor x = xNG.to(torch.ScalarType.Double);
    Tensor mu = muNG.to(torch.ScalarType.Double);
    Tensor theta = thetaNG.to(torch.ScalarType.Double);
    Tensor zero = theta.mul(mu.div(theta).log1p()).neg();
    Tensor more =
        theta
            .add(x)
            .lgamma()
            .sub(theta.lgamma())
            .sub(x.add(Tensors.scalar(1)).lgamma())
            .sub(x.mul(theta.div(mu).log1p()));
    return zero.add(more);
  }
}
