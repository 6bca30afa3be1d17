package org.regularizedvi.reference.term;

import org.bytedeco.pytorch.Tensor;
import org.regularizedvi.core.term.Sparsity;
import org.regularizedvi.reference.torch.Tensors;

/**
 * Computes the Gamma prior of the absolute values of some units.
 *
 * @param prior gives the shape
 */
public record SparsityTensors(Sparsity prior) {
  /**
   * {@return minus the log density of |x| + 1e-8, summed over the units: N, nats}
   *
   * @param xNK the units
   */
  public Tensor perCell(Tensor xNK) {
    Tensor a = xNK.abs().add(Tensors.scalar(Sparsity.LEAST));
    return a.sub(a.log().mul(Tensors.scalar(prior.shape() - 1)))
        .add(Tensors.scalar(prior.logNormaliser()))
        .sum(1);
  }
}
