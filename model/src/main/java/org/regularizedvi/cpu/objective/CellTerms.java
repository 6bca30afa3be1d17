package org.regularizedvi.cpu.objective;

import org.bytedeco.pytorch.Tensor;

/**
 * The parts of the loss that belong to cells, one value a cell each, in nats.
 *
 * @param reconstruction negative log-likelihood of the counts, summed over features and modalities
 * @param klZ divergence of q(z|x) from the standard normal
 * @param klL divergence of q(l|x) from its group's prior; zeros with a size factor
 */
public record CellTerms(Tensor reconstruction, Tensor klZ, Tensor klL) {
  CellTerms detach() {
    return new CellTerms(reconstruction.detach(), klZ.detach(), klL.detach());
  }
}
