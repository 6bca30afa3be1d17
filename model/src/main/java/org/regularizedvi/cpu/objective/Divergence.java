package org.regularizedvi.cpu.objective;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.cpu.net.NormalPosterior;
import org.regularizedvi.cpu.net.ObservedLibrary;
import org.regularizedvi.cpu.torch.Tensors;

/** Kullback-Leibler divergences between distributions. */
final class Divergence {
  private Divergence() {}

  /** KL(q || Normal(0, 1)) of each dimension, 1/2 (v + m^2 - 1 - log v): N x K. */
  static Tensor fromStandard(NormalPosterior q) {
    return q.variance()
        .add(q.mean().square())
        .sub(Tensors.scalar(1))
        .sub(q.variance().log())
        .mul(Tensors.scalar(0.5));
  }

  /**
   * One value a cell: KL(q || Normal(mean, variance)) = 1/2 sum ((v + (m - mean)^2) / variance - 1
   * - log(v / variance)).
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

  /**
   * KL(LogNormal(mu, sigma) || Exponential(rate)) = -(mu + 1/2 + log sigma + 1/2 log(2 pi)) + rate
   * exp(mu + sigma^2 / 2) - log rate: a scalar in double precision.
   */
  static Tensor fromExponential(ObservedLibrary w, double rate) {
    Tensor mu = w.meanLogW().to(torch.ScalarType.Double);
    Tensor logSigma = w.logSigma().to(torch.ScalarType.Double);
    Tensor mean = new ObservedLibrary(mu, logSigma, w.prior()).mean();
    double constant = -0.5 - 0.5 * Math.log(2 * Math.PI) - Math.log(rate);
    return mean.mul(Tensors.scalar(rate)).sub(mu).sub(logSigma).add(Tensors.scalar(constant));
  }
}
