package org.regularizedvi.reference.objective;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.regularizedvi.core.term.CellTerm;
import org.regularizedvi.core.term.GlobalTerm;
import org.regularizedvi.engine.GradientWatch;
import org.regularizedvi.engine.StepLosses;

/**
 * Holds the values that a pass gave each cell, for reports: no gradients.
 *
 * @param terms the parts of the loss that belong to cells
 * @param activeDimsN number of active latent dimensions
 * @param reconstructionN negative log-likelihood of the counts, one column per modality, nats
 */
public record CellValues(CellTerms terms, Tensor activeDimsN, List<Tensor> reconstructionN) {
  /**
   * {@return a step's losses}
   *
   * @param loss the number that was minimised
   * @param global the terms of parameters that all cells share
   * @param watch remembers the first gradient that was not finite
   */
  public StepLosses losses(double loss, GlobalTerms global, GradientWatch watch) {
    return new StepLosses(
        loss,
        terms.means(),
        activeDimsN.mean().item_double(),
        reconstructionN.stream().mapToDouble(n -> n.mean().item_double()).toArray(),
        Double.isFinite(loss) ? Optional.empty() : broken(global),
        watch.first());
  }

  private Optional<String> broken(GlobalTerms global) {
    return terms
        .firstBroken()
        .map(CellTerm::words)
        .or(() -> global.firstBroken().map(GlobalTerm::words));
  }

  private static Tensor column(List<CellValues> blocks, Function<CellValues, Tensor> of) {
    return torch.cat(new TensorVector(blocks.stream().map(of).toArray(Tensor[]::new)));
  }
}
