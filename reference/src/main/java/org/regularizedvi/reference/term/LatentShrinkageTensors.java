package org.regularizedvi.reference.term;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.config.HorseshoePrior;
import org.regularizedvi.core.term.LatentShrinkage;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the divergence of the scales of z that each cell has of its own.
 *
 * @param term their prior
 */
public record LatentShrinkageTensors(LatentShrinkage term) {
  /**
   * {@return the divergence in every dimension: N x K, nats}
   *
   * @param q the distributions of the logarithms of the scales, N x K
   * @param logNK draws of them
   */
  public Tensor divergence(NormalPosterior q, Tensor logNK) {
    if (term.kind() == HorseshoePrior.LOGNORMAL) {
      Tensor share = q.variance().div(Tensors.scalar(term.priorVariance()));
      return away(q.mean(), term.priorMean(), term.priorVariance())
          .add(share)
          .sub(Tensors.scalar(1))
          .sub(share.log())
          .mul(Tensors.scalar(0.5));
    }
    Tensor u =
        logNK.clamp(
            new ScalarOptional(new Scalar(LatentShrinkage.LEAST_LOG)), new ScalarOptional());
    Tensor negativeLogQ =
        u.sub(q.mean())
            .square()
            .div(q.variance())
            .add(q.variance().mul(Tensors.scalar(2 * Math.PI)).log())
            .mul(Tensors.scalar(0.5));
    return negativeLogPrior(u).sub(negativeLogQ);
  }

  private Tensor negativeLogPrior(Tensor u) {
    if (term.kind() == HorseshoePrior.GAMMA) {
      return u.exp()
          .sub(u.mul(Tensors.scalar(term.share())))
          .add(Tensors.scalar(term.logNormaliser()));
    }
    return away(u, term.priorMean(), term.priorVariance())
        .add(Tensors.scalar(Math.log(2 * Math.PI * term.priorVariance())))
        .mul(Tensors.scalar(0.5));
  }

  private static Tensor away(Tensor x, double mean, double variance) {
    return x.sub(Tensors.scalar(mean)).square().div(Tensors.scalar(variance));
  }
}
