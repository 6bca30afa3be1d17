package org.regularizedvi.model.objective;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.model.net.NormalPosterior;
import org.regularizedvi.model.torch.Tensors;

/**
 * Kullback-Leibler divergences between normal distributions, summed over dimensions: one value a
 * cell.
 */
final class Divergence {
  private Divergence() {}

  /** KL(q || Normal(0, 1)) = 1/2 sum (v + m^2 - 1 - log v). */
  static Tensor fromStandard(NormalPosterior q) {
    return q.variance()
        .add(q.mean().square())
        .sub(Tensors.scalar(1))
        .sub(q.variance().log())
        .sum(1)
        .mul(Tensors.scalar(0.5));
  }

  /**
   * KL(q || Normal(mean, variance)) = 1/2 sum ((v + (m - mean)^2) / variance - 1 - log(v /
   * variance)).
   */
  static Tensor from(NormalPosterior q, Tensor mean, Tensor variance) {
    return q.variance()
        .add(q.mean().sub(mean).square())
        .div(variance)
        .sub(Tensors.scalar(1))
        .sub(q.variance().div(variance).log())
        .sum(1)
        .mul(Tensors.scalar(0.5));
  }
}
