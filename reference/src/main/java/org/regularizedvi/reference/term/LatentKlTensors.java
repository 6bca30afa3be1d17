package org.regularizedvi.reference.term;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.term.LatentKl;
import org.regularizedvi.reference.torch.NormalPosterior;
import org.regularizedvi.reference.torch.Tensors;

/** Computes the divergence of q(z|x) from the standard normal. */
public final class LatentKlTensors {
  private LatentKlTensors() {}

  /**
   * {@return the divergence in every dimension, as {@link LatentKl#of} gives it: N x K, nats}
   *
   * @param q normal distributions, N x K
   */
  public static Tensor perDimension(NormalPosterior q) {
    return q.variance()
        .add(q.mean().square())
        .sub(Tensors.scalar(1))
        .sub(q.variance().log())
        .mul(Tensors.scalar(0.5));
  }

  /**
   * {@return whether each dimension is active in a cell: N x K, truths}
   *
   * @param klNK divergence in every dimension, nats
   */
  public static Tensor active(Tensor klNK) {
    return klNK.gt(Tensors.scalar(LatentKl.ACTIVE_NATS));
  }
}
