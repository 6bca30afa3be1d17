package org.regularizedvi.model.objective;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The parts of the loss that belong to cells, one value a cell each, in nats.
 *
 * @param reconstruction negative log-likelihood of the counts, summed over features and modalities
 * @param klZ divergence of q(z|x) from the standard normal
 * @param klL divergence of q(l|x) from its group's prior; zeros with a size factor
 */
public record CellTerms(Tensor reconstruction, Tensor klZ, Tensor klL) {
  static CellTerms sum(List<CellTerms> modalities) {
    CellTerms sum = modalities.getFirst();
    for (CellTerms next : modalities.subList(1, modalities.size())) {
      sum =
          new CellTerms(
              sum.reconstruction.add(next.reconstruction),
              sum.klZ.add(next.klZ),
              sum.klL.add(next.klL));
    }
    return sum;
  }
}
